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
# # A second lesson

# %% [markdown] lang="zh"
# # 第二课

# %% label="judge"
def judge(answer, right):
    """Say what the checks of the course say."""
    return "not attempted yet" if answer is None or answer is ... else "right" if answer == right else "wrong"

# %% label="exercise-double" tags=["exercise"]
def double(number):
    """Return twice the number."""
    #zh """返回这个数乘以 2 的积。"""
    ### BEGIN SOLUTION
    twice_as_much = number + number
    return twice_as_much
    ### END SOLUTION

# %% label="check-double" tags=["check"]
judge(double(4), 8)

# %% label="exercise-pair" tags=["exercise"]
### BEGIN SOLUTION
intermediate = {"layer": 2, "head": 4}
layer, head = intermediate["layer"], intermediate["head"]
### END SOLUTION

# %% label="check-pair" tags=["check"]
judge(layer, 2), judge(head, 4)

# %% label="exercise-whole" tags=["solution"]
def whole(
        numbers):
    """Return the sum of the numbers.

    >>> whole([1, 2])
    3
    """
    #zh """返回这些数的和。
    #zh
    #zh >>> whole([1, 2])
    #zh 3
    #zh """
    # the comment gives it away, too
    return sum(one_number for one_number in numbers)


def helper_of_the_solution(numbers):
    return len(numbers) * 12345

# %% label="check-whole" tags=["check"]
judge(whole([1, 2]), 3)

# %% [markdown] lang="en" tags=["solution"]
# Adding the number to itself doubles it.

# %% [markdown] lang="zh" tags=["solution"]
# 一个数加上它自己就是它的两倍。
