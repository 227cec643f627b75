"""Sentences of helpers.transformer."""

STRINGS = {
    "activation": {
        "en": "activation: expected one of {known}; got {got}.",
        "zh": "activation：应为 {known} 之一，而你给的是 {got}。",
    },
}
