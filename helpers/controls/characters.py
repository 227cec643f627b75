"""A model of characters that a learner trains on a text of their own, with its curves and samples redrawn meanwhile."""

import ipywidgets as widgets

from ..learning import CharacterTraining
from ..learning.records import CharacterRecord
from ..views import view_characters
from .explorer import attempt, looks
from .watching import WatchExplorer


def explore_characters(text: str) -> "CharacterExplorer":
    """Return a widget in which a tiny GPT learns to go on with a text, character by character.

    Nothing is trained until a button is pressed or `.train(...)` is called. Another text is another run.
    `CharacterTraining` and `view_characters` do the same without a widget.

    Args:
        text: 480 to 100,000 characters; the last eighth of it is held out.

    Raises:
        CourseError: for another text.
    """
    return CharacterExplorer(text)


class CharacterExplorer(WatchExplorer[CharacterRecord]):
    """A training run of a model of characters under its controls.

    Attributes:
        text: what it learns from; paste another one.
        train_on, stop, again, progress: as in `WatchExplorer`.
    """

    STAGES = (("text",),)
    _training: CharacterTraining

    def __init__(self, text: str):
        training = CharacterTraining(text)
        self._tried = text
        self.text = widgets.Textarea(text, continuous_update=False, **looks("learn_text", "96%"))
        self.text.layout.height = "110px"
        super().__init__(training, [self.text])
        self.children = [self.rows[0], self._buttons(), self.notice, self.picture]
        self._error = ""
        self._begin()

    def _prepare(self) -> str:
        """Turn to the text that is asked for; where it cannot be learnt from, the run before stays."""
        if self.text.value != self._tried:
            self._tried, self._error = self.text.value, attempt(self._turn)
        return self._error

    def _turn(self) -> None:
        training = CharacterTraining(self.text.value)
        self._training.stop()
        self._training = training

    def _anew(self) -> CharacterTraining:
        return CharacterTraining(self._training.text)

    def _draw(self) -> None:
        """Redraw: a look-up in what was kept."""
        self._show(view_characters(self.record))
