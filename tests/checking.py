"""What the tests of the checks share."""

from helpers.checks import check
from helpers.text import STRINGS, language

FURTHER_KINDS = (".bug", ".design", ".transfer")      # tried in test_checks_kinds.py


def chinese(text: str) -> bool:
    """Say whether a text holds a Chinese character."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def assert_named(key: str, name: str, answer: object, code: str) -> None:
    """Check a wrong answer: it must be refused as this mistake, with its own sentence, in the learner's language."""
    language(code)
    verdict = check(key, answer)
    assert not verdict.passed and verdict.kind == "wrong" and verdict.mistake == name, verdict
    assert verdict.message == STRINGS[f"checks.{key}.{name}"][code]
    assert chinese(verdict.message) == (code == "zh")
