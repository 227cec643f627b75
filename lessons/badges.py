"""Write the link to the page, the badges and the table of chapters into both READMEs: python lessons/badges.py

The repository's address stands in one place, `[project.urls] Repository` of pyproject.toml, in the form for a browser
or for git, on any host. Where none is set, it is taken from `git remote` and written there; where that names none
either, the READMEs say so in one line. The chapters are the lessons, with the title and the promise that each one opens
with.
"""

import io
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lessons.building.address import Address, read_address  # noqa: E402
from lessons.building.compose import repository_address  # noqa: E402
from lessons.building.source import BuildError, read_lesson  # noqa: E402

READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
BLOCK = r"(?<=<!-- {name}: written by lessons/badges\.py -->\n).*?(?=<!-- end of {name} -->)"
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
NO_PAGE_THERE = {
    "en": "*No page to try it on yet: the workflow that publishes it is GitHub's, and this repository is on {host}. "
          "`.venv/bin/python lessons/build.py --site` makes the pages, for any web server.*",
    "zh": "*还没有可以直接试用的网页：发布网页的流程只能在 GitHub 上运行，而这个仓库在 {host}。"
          "`.venv/bin/python lessons/build.py --site` 可以生成这些网页，放到任何网站上都行。*",
}
NO_COLAB = {
    "en": "Colab opens notebooks from GitHub alone: download one from {host} and upload it there.",
    "zh": "Colab 只能直接打开 GitHub 上的笔记本：请从 {host} 下载，再上传到 Colab。",
}
NO_ADDRESS = {
    "en": "*No Binder and Colab badges yet: `pyproject.toml` names no address of the repository.*",
    "zh": "*还没有 Binder 和 Colab 徽章：`pyproject.toml` 里尚未填写仓库地址。*",
}
HEADINGS = {"en": "| | Chapter | What you will make |", "zh": "| | 章节 | 你会做出 |"}
IN_THE_BROWSER = {"en": "Without installing anything:", "zh": "不想安装，直接在浏览器里打开："}


def badges(address: str, language: str, stems: list[str]) -> str:
    """Return the lines between the marks of one README.

    Args:
        address: such as "https://github.com/owner/name" (`read_address`), or "" where there is none.
        language: "en" or "zh": which notebooks the badges open.
        stems: names of the chapters' files, in order; Binder opens the first.

    Raises:
        BuildError: for what is no address of a repository.
    """
    if not address:
        return NO_ADDRESS[language] + "\n"
    repository = read_address(address)
    colab = ([_colab(repository, language, stem) for stem in stems] if repository.is_github
             else [NO_COLAB[language].format(host=repository.host)])
    lines = [IN_THE_BROWSER[language], "", _binder(repository, language, stems[0]), "", *colab]
    return "\n".join(lines) + "\n"


def table(language: str) -> str:
    """Return the table of chapters: number, title with a link to the notebook, and what the learner will make."""
    rows = [HEADINGS[language], "| --- | --- | --- |"]
    for stem in chapters():
        lesson = read_lesson(ROOT / "lessons" / f"{stem}.py")
        link = f"[{lesson.title(language)}](notebooks/{language}/{stem}.ipynb)"
        rows.append(f"| {stem[:2]} | {link} | {lesson.promise(language)} |")
    return "\n".join(rows) + "\n"


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
    repository = read_address(address)
    if not repository.is_github:
        return NO_PAGE_THERE[language].format(host=repository.host) + "\n"
    owner, name = repository.path.split("/")
    site = f"https://{owner.lower()}.github.io/"
    if f"{name.lower()}/" != site.removeprefix("https://"):
        site += f"{name}/"
    return TRY[language].format(page=site + FRONT[language]) + "\n"


def with_block(text: str, name: str, block: str) -> str:
    """Return a README's text with `block` between the marks called `name`: "badges", "chapters" or "page".

    Raises:
        ValueError: where the two marks are not there exactly once.
    """
    written, count = re.subn(BLOCK.format(name=name), lambda _: block, text, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"expected one pair of marks called {name}, found {count}")
    return written


def written(text: str, language: str) -> str:
    """Return a README's text with both blocks as they should be."""
    address = repository_address(ROOT / "pyproject.toml")
    text = with_block(text, "badges", badges(address, language, chapters()))
    text = with_block(text, "page", page_line(address, language))
    return with_block(text, "chapters", table(language))


def address_of(remote: str) -> str:
    """Return the address of a repository as `git remote` spells it, as a browser takes it; "" for a folder.

    >>> address_of("git@github.com:owner/name.git")
    'https://github.com/owner/name'
    """
    try:
        return str(read_address(remote.strip()))
    except BuildError:
        return ""


def with_address(pyproject: str, address: str) -> str:
    """Return the text of pyproject.toml with an address, where it has none yet; of an address "" as it is."""
    if not address or "[project.urls]" in pyproject:
        return pyproject
    return pyproject.replace("[project.optional-dependencies]",
                             f'[project.urls]\nRepository = "{address}"\n\n[project.optional-dependencies]', 1)


def _remote(root: Path) -> str:
    """Return the address of `git remote`'s origin; "" where there is none, or no git."""
    try:
        said = subprocess.run(["git", "remote", "get-url", "origin"], cwd=root, capture_output=True, check=False,
                              encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return address_of(said.stdout) if said.returncode == 0 else ""


def chapters() -> list[str]:
    """Return the file names of the lessons without their suffix, in order."""
    return sorted(path.stem for path in (ROOT / "lessons").glob("[0-9][0-9]_*.py"))


def _binder(repository: Address, language: str, stem: str) -> str:
    target = f"https://mybinder.org/v2/{repository.binder}?urlpath=lab/tree/notebooks/{language}/{stem}.ipynb"
    return f"[![Binder](https://mybinder.org/badge_logo.svg)]({target})"


def _colab(repository: Address, language: str, stem: str) -> str:
    site = "https://colab.research.google.com"
    target = f"{site}/github/{repository.path}/blob/{repository.branch}/notebooks/{language}/{stem}.ipynb"
    return f"[![Colab]({site}/assets/colab-badge.svg)]({target}) {stem}  "


def main() -> int:
    """Rewrite both READMEs, and write the address down where there is none yet; return 1 where it cannot be used."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Windows console may not know Chinese
    project = ROOT / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    if (new := with_address(text, _remote(ROOT))) != text:
        project.write_text(new, encoding="utf-8", newline="\n")
    try:
        texts = {language: written(readme.read_text(encoding="utf-8"), language)
                 for language, readme in READMES.items()}
    except BuildError as error:
        print(f"Stopped. {error}", file=sys.stderr)
        return 1
    for language, readme in texts.items():
        READMES[language].write_text(readme, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
