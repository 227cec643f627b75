# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # A first lesson
# With a formula, $\frac{QK^\top}{\sqrt{d_k}}$, and a link to [the second](01_second.ipynb).

# %% [markdown] lang="zh"
# # 第一课
# 有一个公式 $\frac{QK^\top}{\sqrt{d_k}}$,还有[第二课](01_second.ipynb)的链接。

# %% label="imports"
import sys
import time

import ipywidgets as widgets

from helpers.text import language

# %% label="sentences" tags=["parameters"]
sentence_a = "好不好?"  # may be replaced
sentence_b = ("Are you "
              "all right?")
untouched = "stays"

# %%
print(sentence_a)
print(sentence_b, untouched)    # both #zh 两个

# %% [markdown] lang="en"
# The same words twice give two ids.

# %% [markdown] lang="zh"
# 同样的话出现两次。

# %%
print(1 + 1)

# %% [markdown] lang="en"
# The same words twice give two ids.

# %% [markdown] lang="zh"
# 同样的话又出现一次。

# %%
print(1 + 1)

# %% label="language"
language()

# %% label="slider"
slider = widgets.IntSlider(description="layer", max=3)
label = widgets.HTML("<b>0</b>")
slider.observe(lambda change: setattr(label, "value", f"<b>{change['new']}</b>"), "value")
slider.value = 2
widgets.VBox([slider, label])

# %% label="clock" tags=["volatile"]
print(time.perf_counter(), file=sys.stderr)
print(object())

# %% label="meant-to-fail" tags=["raises-exception"]
raise ValueError("expected three numbers, got two")

# %% label="folded" tags=["hide"]
folded = True
