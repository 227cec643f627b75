"""Code that speaks the language of its notebook: the marks, what they make, and what the build refuses."""

import pytest
from built_samples import lesson_of

from helpers import twins as module
from helpers.twins import twins
from lessons.building.editions import secrets, student_cells
from lessons.building.source import BuildError


@pytest.mark.parametrize(("source", "english", "chinese"), [
    ("x = 1    # one #zh 一", "x = 1    # one", "x = 1    # 一"),
    ("# one #zh 一\nx = 1", "# one\nx = 1", "# 一\nx = 1"),
    ("x = 1    # (key,): one #zh (key,)：一", "x = 1    # (key,): one", "x = 1    # (key,)：一"),
    ('print("sum", x)\n#zh print("和", x)\ny = 2', 'print("sum", x)\ny = 2', 'print("和", x)\ny = 2'),
    ('print(f"{a:3} of {b}")\n#zh print(f"{b} 里的 {a:4}")', 'print(f"{a:3} of {b}")', 'print(f"{b} 里的 {a:4}")'),
    ('def f(x):\n    """one\n      two"""\n    #zh """一\n    #zh 二"""\n    return x',
     'def f(x):\n    """one\n      two"""\n    return x', 'def f(x):\n    """一\n      二"""\n    return x'),
    ('"""a\n\nb"""\n#zh """甲\n#zh\n#zh 乙"""', '"""a\n\nb"""', '"""甲\n\n乙"""'),
])
def test_each_language_gets_its_words(source, english, chinese):
    assert twins(source) == {"en": english, "zh": chinese}


def test_code_without_marks_is_the_same_for_all():
    assert twins('x = "# no mark"  # no mark') == {"en": 'x = "# no mark"  # no mark'}


def test_a_third_language_is_marked_the_same_way(monkeypatch):
    monkeypatch.setattr(module, "OTHERS", ("zh", "de"))
    source = 'x = 1  # one #zh 一 #de eins\nprint("two")\n#zh print("二")\n#de print("zwei")'
    assert twins(source) == {"en": 'x = 1  # one\nprint("two")', "zh": 'x = 1  # 一\nprint("二")',
                             "de": 'x = 1  # eins\nprint("zwei")'}


@pytest.mark.parametrize(("code", "line", "sentence"), [
    ("x = 1  # one #fr un", 6, "expected `#` and one of zh"),
    ("#xx x = 2", 6, "expected `#` and one of zh"),
    ("#zh x = 1", 6, "1 lines of `#zh` stand for as many lines above"),
    ('print("a")\n#zh print("甲", 2)', 7, "other code than the English"),
    ('print("a", b)\n#zh print("甲", c)', 7, "other code than the English"),
    ('x = 1\nprint("a")\n#zh print("甲")\n#zh print("乙")', 8, "other code than the English"),
    ('print("a")\n#zh print("甲"', 7, "other code than the English"),
    ("x = 1  #zh 一", 6, "a mark ends a comment"),
])
def test_a_broken_mark_stops_the_build_with_its_line(tmp_path, code, line, sentence):
    with pytest.raises(BuildError, match=rf"line {line}: .*{sentence}"):
        lesson_of(tmp_path, f"# %%\n{code}\n")


def test_ids_do_not_depend_on_what_the_twins_say(tmp_path):
    ids = [lesson_of(tmp_path, f"# %%\nx = 1  # one{twin}\n").cells[2].id for twin in ("", " #zh 一", " #zh 壹")]
    assert len(set(ids)) == 1


def test_a_solution_is_cut_in_each_language(tmp_path):
    lesson = lesson_of(tmp_path, '# %%\ndef f(x):\n    ### BEGIN SOLUTION\n    print("the answer is", x)\n'
                                 '    #zh print("答案是", x)\n    ### END SOLUTION\n')
    chinese = lesson.said_in("zh")
    assert student_cells(chinese, "zh")[1].source == "def f(x):\n    ...  # 在这里写代码"
    assert secrets(chinese) == {'print("答案是", x)'}
