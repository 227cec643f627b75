"""The address of the course's repository, in the forms in which people copy it, and what can be made of it."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from lessons.building.source import BuildError

MAIN = "main"
WEB = re.compile(r"https?://(?:[^@/]+@)?([\w.-]+(?::\d+)?)/(.+?)/?$")
SHELL = re.compile(r"(?:ssh://)?git@([\w.-]+?)(?::\d+/|[:/])(.+?)/?$")
BRANCH = re.compile(r"(?:/-)?/tree/(.+)$")
PATH = re.compile(r"[\w.~-]+(?:/[\w.~-]+)*")


@dataclass(frozen=True)
class Address:
    """A repository.

    Attributes:
        host: "github.com".
        path: "owner/name"; with GitLab there may be groups between.
        branch: the branch that links lead to.
    """

    host: str
    path: str
    branch: str = MAIN

    def __str__(self) -> str:
        return f"https://{self.host}/{self.path}"

    @property
    def is_github(self) -> bool:
        """Whether Colab opens its notebooks, and the workflow of the course publishes its pages."""
        return self.host == "github.com"

    @property
    def binder(self) -> str:
        """The part of mybinder.org's address that names repository and branch."""
        branch = quote(self.branch, safe="")
        if self.is_github:
            return f"gh/{self.path}/{branch}"
        if self.host == "gitlab.com":
            return f"gl/{quote(self.path, safe='')}/{branch}"
        return f"git/{quote(str(self), safe='')}/{branch}"


def read_address(text: str) -> Address:
    """Return the repository that an address names: of a web page, for `git clone`, with or without a branch.

    Args:
        text: such as "https://github.com/owner/name", "git@gitlab.com:group/name.git" or
            "https://gitee.com/owner/name/tree/spring".

    Raises:
        BuildError: for what is no address of a repository.
    """
    found = WEB.match(text.strip()) or SHELL.match(text.strip())
    host, path = (found[1].lower(), found[2]) if found else ("", "")
    branch = BRANCH.search(path)
    path = BRANCH.sub("", path).removesuffix(".git")
    if not PATH.fullmatch(path) or "." not in host or (host == "github.com" and path.count("/") != 1):
        raise BuildError(f"[project.urls] Repository of pyproject.toml is no address of a repository: {text!r}. Write "
                         "one such as https://github.com/owner/name or git@gitlab.com:group/name.git; a branch other "
                         f"than {MAIN} goes behind it: https://github.com/owner/name/tree/spring.")
    return Address(host, path, branch[1] if branch else MAIN)
