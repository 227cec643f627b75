"""Write the link to the page and the Binder and Colab badges into both READMEs: python lessons/badges.py

The repository's address stands in one place, `[project.urls] Repository` of pyproject.toml. Where none is set,
the READMEs say so in one line.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lessons.building.compose import repository_address  # noqa: E402

READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
BRANCH = "main"
BLOCK = re.compile(r"(?<=<!-- badges: written by lessons/badges\.py -->\n).*?(?=<!-- end of badges -->)", re.DOTALL)
PAGE_BLOCK = re.compile(r"(?<=<!-- page: written by lessons/badges\.py -->\n).*?(?=<!-- end of page -->)", re.DOTALL)
FRONT = {"en": "", "zh": "zh.html"}
TRY = {
    "en": "**[Type a sentence and watch a model read it]({page})**, in your browser, with nothing to install.",
    "zh": "**[写一句话，看模型怎样读它]({page})**：在浏览器里打开就行，什么都不用装。",
}
NO_PAGE = {
    "en": "*No page to try it on yet: `pyproject.toml` names no address of the repository. "
          "`.venv/bin/python lessons/build.py --html` makes the pages on your own disk.*",
    "zh": "*还没有可以直接试用的网页：`pyproject.toml` 里尚未填写仓库地址。"
          "`.venv/bin/python lessons/build.py --html` 可以在你自己的硬盘上生成这些网页。*",
}
NO_ADDRESS = {
    "en": "*No Binder and Colab badges yet: `pyproject.toml` names no address of the repository.*",
    "zh": "*还没有 Binder 和 Colab 徽章：`pyproject.toml` 里尚未填写仓库地址。*",
}
IN_THE_BROWSER = {"en": "Without installing anything:", "zh": "不想安装，直接在浏览器里打开："}


def badges(address: str, language: str, stems: list[str]) -> str:
    """Return the lines between the marks of one README.

    Args:
        address: "https://github.com/owner/name", or "" where there is none.
        language: "en" or "zh": which notebooks the badges open.
        stems: names of the chapters' files, in order; Binder opens the first.

    Raises:
        ValueError: for an address that is not a GitHub repository's.
    """
    if not address:
        return NO_ADDRESS[language] + "\n"
    repository = _repository(address)
    lines = [IN_THE_BROWSER[language], "", _binder(repository, language, stems[0]), ""]
    return "\n".join(lines + [_colab(repository, language, stem) for stem in stems]) + "\n"


def page_line(address: str, language: str) -> str:
    """Return the README's first line: the way to the front page on GitHub Pages.

    Args:
        address: as for `badges`.
        language: "en" or "zh".

    Raises:
        ValueError: as `badges`.
    """
    if not address:
        return NO_PAGE[language] + "\n"
    owner, name = _repository(address).split("/")
    site = f"https://{owner.lower()}.github.io/"
    if f"{name.lower()}/" != site.removeprefix("https://"):
        site += f"{name}/"
    return TRY[language].format(page=site + FRONT[language]) + "\n"


def with_badges(text: str, block: str, marks: re.Pattern = BLOCK) -> str:
    """Return a README's text with `block` between its marks.

    Raises:
        ValueError: where the two marks are not there exactly once.
    """
    written, count = marks.subn(lambda _: block, text)
    if count != 1:
        raise ValueError(f"expected one pair of badge marks, found {count}")
    return written


def _repository(address: str) -> str:
    """Return "owner/name" of an address."""
    found = re.fullmatch(r"https://github\.com/([\w.-]+/[\w.-]+?)(\.git)?/?", address)
    if found is None:
        raise ValueError(f"badges need an address like https://github.com/owner/name, got {address!r}")
    return found[1]


def chapters() -> list[str]:
    """Return the file names of the lessons without their suffix, in order."""
    return sorted(path.stem for path in (ROOT / "lessons").glob("[0-9][0-9]_*.py"))


def _binder(repository: str, language: str, stem: str) -> str:
    target = f"https://mybinder.org/v2/gh/{repository}/{BRANCH}?urlpath=lab/tree/notebooks/{language}/{stem}.ipynb"
    return f"[![Binder](https://mybinder.org/badge_logo.svg)]({target})"


def _colab(repository: str, language: str, stem: str) -> str:
    site = "https://colab.research.google.com"
    target = f"{site}/github/{repository}/blob/{BRANCH}/notebooks/{language}/{stem}.ipynb"
    return f"[![Colab]({site}/assets/colab-badge.svg)]({target}) {stem}  "


def main() -> None:
    """Rewrite both READMEs."""
    address = repository_address(ROOT / "pyproject.toml")
    for language, readme in READMES.items():
        written = with_badges(readme.read_text(encoding="utf-8"), badges(address, language, chapters()))
        written = with_badges(written, page_line(address, language), PAGE_BLOCK)
        readme.write_text(written, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
