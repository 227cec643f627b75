"""A bertviz view as a notebook shows it: its page in a frame; or, where it cannot be made, our own view instead."""

from dataclasses import dataclass, field
from pathlib import Path

from ...text import CourseError, escape
from ..theme import EDGE, PAPER
from ..view import View

_STYLE = ("box-sizing:border-box;width:100%;max-width:{width}px;aspect-ratio:{width}/{height};"
          "border:1px solid {edge};border-radius:8px;background:{paper}")


@dataclass(frozen=True)
class BertvizView:
    """One of bertviz's views: a whole HTML page, shown in a frame that can reach nothing outside itself.

    It displays by itself. It weighs from half a megabyte up and needs no saving, since it is made again in a
    moment: a lesson tags its cell `volatile`, and the build keeps no output.

    Attributes:
        text: what it shows, in words; the frame's title.
        title: a short heading; the page's title.
        size: (width, height) in pixels; in a narrower place the whole gets smaller.
        page: the page, with its data and its libraries.
    """

    text: str
    title: str
    size: tuple[float, float]
    page: str = field(repr=False)

    @property
    def html(self) -> str:
        """The frame. It has its own white card, so it can be read on a dark page too."""
        source = self.page.replace("&", "&amp;").replace('"', "&quot;")
        style = _STYLE.format(width=f"{self.size[0]:g}", height=f"{self.size[1]:g}", edge=EDGE, paper=PAPER)
        return (f'<iframe title="{escape(self.text)}" sandbox="allow-scripts" style="{style}" '
                f'srcdoc="{source}"></iframe>')

    def save(self, path: str | Path) -> Path:
        """Write the page to a file that opens in any browser, without a network, and return its path.

        Args:
            path: ends in .html.

        Raises:
            CourseError: for another ending, or where the file cannot be written.
        """
        path = Path(path)
        if path.suffix.lower() != ".html":
            raise CourseError("bertviz.suffix", got=path.name)
        try:
            path.write_text(self.page, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CourseError("views.save", path=path, reason=error.strerror) from None
        return path

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Give a notebook the frame and the sentence."""
        return {"text/plain": self.text, "text/html": self.html}


@dataclass(frozen=True)
class OwnView(View):
    """The course's own view, shown where bertviz's cannot be made.

    Attributes:
        note: one line that says why.
    """

    note: str = ""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Give a notebook the line, the live picture, and the sentence."""
        return {"text/plain": f"{self.note}\n{self.text}", "text/html": f"<p>{escape(self.note)}</p>{self.svg}"}
