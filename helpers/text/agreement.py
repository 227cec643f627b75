"""What the picture of agreement between measures says."""

STRINGS = {
    "title": {"en": "How like is the order to that of {judge}?", "zh": "排出的次序与“{judge}”有多像？"},
    "title_alone": {"en": "How like are the orders?", "zh": "排出的次序有多像？"},
    "axis": {"en": "rank correlation: −1 opposite, 0 none, 1 the same", "zh": "名次相关：−1 相反，0 无关，1 相同"},
    "figures": {"en": "{median} [{low}, {high}]", "zh": "{median}（{low} 至 {high}）"},
    "row": {"en": "{name} {median} [{low}, {high}]", "zh": "{name} {median}（{low} 至 {high}）"},
    "note": {
        "en": "Small dots: one text each. Large dot: the median; bar: its 95 % interval (bootstrap over the texts).",
        "zh": "小点：每段文字一个。大点：中位数；粗线：它的 95% 区间（对文字做自助抽样）。",
    },
    "text": {
        "en": "{title} Medians over {n} texts with 95 % intervals: {rows}.",
        "zh": "{title}{n} 段文字的中位数和 95% 区间：{rows}。",
    },
    "no_table": {
        "en": "view_agreement needs a table with at least one row: a name, and its correlations, one a text; got "
              "{got}.",
        "zh": "view_agreement 需要一张至少一行的表：名字，配上每段文字一个的相关系数；收到的是 {got}。",
    },
    "beyond": {
        "en": "The row {name} must hold correlations, numbers from -1 to 1, and at least one that is not NaN.",
        "zh": "{name} 这一行应是相关系数，也就是 -1 到 1 之间的数，至少有一个不是 NaN。",
    },
}
