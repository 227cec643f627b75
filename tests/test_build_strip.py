"""Script on its way into a page: comments and blank lines go, and nothing else."""

import pytest

from helpers.page.strip import StripError, stripped
from lessons.building.scripts import ROOT

MODULES = sorted([*(ROOT / "helpers" / "page").rglob("*.mjs"), *(ROOT / "lessons" / "site").rglob("*.mjs")])

KEPT = [
    ("a = 1; // one\nb = 2;", "a = 1;\nb = 2;\n"),
    ("/** doc\n * of a */\na()", "a()\n"),
    ("a /* in between */ = 1", "a  = 1\n"),
    ("return /* two\nlines */ 1", "return\n1\n"),
    ("s = '// no'; t = \"/* no */\"", "s = '// no'; t = \"/* no */\"\n"),
    (r"s = 'it\'s // no'", "s = 'it\\'s // no'\n"),
    ("`// no\n\n  /* no */ ${a} //`", "`// no\n\n  /* no */ ${a} //`\n"),
    ("`${a /* yes */}//${`${b // yes\n}`}`", "`${a }//${`${b\n}`}`\n"),
    ("`${{ a: '}' }.a} // no`", "`${{ a: '}' }.a} // no`\n"),
    ("x = a / b; // c / d\ny = /[/*]\\/'/u.test(z) // e", "x = a / b;\ny = /[/*]\\/'/u.test(z)\n"),
    ("return /\"/g", "return /\"/g\n"),
    ("x = (a) / 2; y = b[0] / 2 / c", "x = (a) / 2; y = b[0] / 2 / c\n"),
    ("[/'/, /`/u].map((one) => one)", "[/'/, /`/u].map((one) => one)\n"),
    ("a\n\n\n    b\n\t\nc  ", "a\nb\nc\n"),
    ("", ""),
]


@pytest.mark.parametrize(("source", "expected"), KEPT)
def test_what_goes_and_what_stays(source, expected):
    assert stripped(source) == expected


@pytest.mark.parametrize("source", ["`never ends ${a}", "'never ends", "/* never ends", "`${a", "x = /never ends"])
def test_what_does_not_end_is_named(source):
    with pytest.raises(StripError):
        stripped(source)


def test_modules_are_smaller_and_stripped_once():
    for file in MODULES:
        source = file.read_text(encoding="utf-8")
        once = stripped(source)
        assert stripped(once) == once, file
        assert "/**" not in once and "\n\n" not in once and len(once) < len(source), file
