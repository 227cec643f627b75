"""A view: one picture with its sentence and its numbers, shown by whatever a page can show."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from ..text import CourseError, escape, language
from .svg import number
from .theme import style


@dataclass(frozen=True)
class View:
    """A picture that can be shown live, saved as an image, and read as a sentence.

    Attributes:
        text: one sentence that says what the picture shows.
        data: the numbers drawn, rounded: dicts, lists and numbers alone.
        title: a short heading.
        kind: names the view; its rules start from the class `sav-<kind>`.
        size: (width, height) in pixels.
        still: the SVG elements that are always drawn.
        touch: SVG elements that answer hover and keyboard focus; they lie beneath `still`.
        rules: the view's own CSS.
    """

    text: str
    data: dict
    title: str
    kind: str
    size: tuple[float, float]
    still: str = field(repr=False)
    touch: str = field(repr=False, default="")
    rules: str = field(repr=False, default="")

    @property
    def svg(self) -> str:
        """The live picture: inline SVG without script, for a widget or a page; it follows the page's theme."""
        return (f'<svg {self._frame()} role="group" aria-label="{escape(self.text)}">'
                f"{style(self.rules, live=True)}{self.touch}{self.still}</svg>")

    @property
    def picture(self) -> str:
        """The still picture: SVG that stands alone, on its own white card."""
        width, height = map(number, (self.size[0] - 1, self.size[1] - 1))
        return (f'<svg {self._frame()} role="img"><title>{escape(self.title)}</title><desc>{escape(self.text)}'
                f"</desc>{style(self.rules, live=False)}"
                f'<rect class="paper" x=".5" y=".5" width="{width}" height="{height}" rx="8"/>{self.still}</svg>')

    @property
    def image(self) -> str:
        """The still picture as an HTML `<img>` with the sentence as its `alt`.

        It passes the sanitizer of an untrusted notebook.
        """
        data = quote(self.picture.replace('"', "'"), safe=" !'()*+,/:;=?@$")
        return f'<img alt="{escape(self.text)}" src="data:image/svg+xml,{data}">'

    def save(self, path: str | Path) -> Path:
        """Write the view to a file and return its path.

        Args:
            path: ends in .svg (the still picture, for slides and print) or .html (a page with the live one).

        Raises:
            CourseError: for another ending, or where the file cannot be written.
        """
        path = Path(path)
        writers = {".svg": lambda: self.picture, ".html": self._page}
        if path.suffix.lower() not in writers:
            raise CourseError("views.suffix", got=path.name)
        try:
            path.write_text(writers[path.suffix.lower()](), encoding="utf-8", newline="\n")
        except OSError as error:
            raise CourseError("views.save", path=path, reason=error.strerror) from None
        return path

    def _frame(self) -> str:
        width, height = map(number, self.size)
        return (f'xmlns="http://www.w3.org/2000/svg" class="sav sav-{self.kind}" width="{width}" '
                f'height="{height}" viewBox="0 0 {width} {height}"')

    def _page(self) -> str:
        return (f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language() == "zh" else "en"}">\n<meta charset="utf-8">\n'
                f'<meta name="color-scheme" content="light dark">\n<title>{escape(self.title)}</title>\n'
                f"<body>{self.svg}</body>\n</html>\n")

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Give a notebook the still picture and the sentence."""
        return {"text/plain": self.text, "text/html": self.image}
