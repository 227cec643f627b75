"""What is said about training that goes on."""

STRINGS = {
    "held_out": {
        "en": "held_out says how many texts of each class are kept apart: a whole number from 1 to {most}; got {got}.",
        "zh": "held_out 是每一类留出多少句不用来学：应是 1 到 {most} 的整数；收到的是 {got}。",
    },
    "no_language": {
        "en": "There are labelled sentences in {languages}; got {got}.",
        "zh": "带标签的句子有这几种语言：{languages}；收到的是 {got}。",
    },
    "bad_steps": {
        "en": "steps is a whole number from 1 to {most}; got {got}.",
        "zh": "steps 应是 1 到 {most} 的整数；收到的是 {got}。",
    },
    "one_class": {
        "en": "There are {n} texts, all of one class: nothing can be told apart. Give texts of two classes at least.",
        "zh": "这 {n} 句话都属于同一类，没有什么可以区分。至少要给两类句子。",
    },
    "recipe": {
        "en": "mask and replace are shares, from 0 to 1 and together at most 1; got {mask} and {replace}.",
        "zh": "mask 和 replace 是两个比例，各在 0 到 1 之间，加起来不超过 1；收到的是 {mask} 和 {replace}。",
    },
    "bad_share": {
        "en": "share says how many of the tokens are chosen, a number from 0 to 1; got {got}.",
        "zh": "share 是选中多少词元，应是 0 到 1 之间的数；收到的是 {got}。",
    },
    "labels": {
        "en": "Each text needs one label, an index of its class from 0 to {last}; got {texts} texts and {labels} "
              "labels.",
        "zh": "每段文字要有一个标签，即它的类别的序号，从 0 到 {last}；收到 {texts} 段文字、{labels} 个标签。",
    },
    "no_side": {
        "en": "A pair has two sides, \"en\" and \"zh\"; got {got}.",
        "zh": "一对句子有两边，\"en\" 和 \"zh\"；收到的是 {got}。",
    },
}
