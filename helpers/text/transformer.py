"""Sentences of helpers.transformer."""

STRINGS = {
    "activation": (
        "activation: expected one of {known}; got {got}.",
        "activation：应为 {known} 之一，而你给的是 {got}。"),
}
