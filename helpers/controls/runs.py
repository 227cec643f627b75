"""What explorers of a model's runs share: which model, loading another one, and running it where it has to be run."""

from collections.abc import Iterable
from typing import Generic, TypeVar

import ipywidgets as widgets

from ..models import Model, Translator
from ..text import say
from .explorer import Explorer, attempt, looks, text_box

OTHER, LONG = "other", 200              # characters from which a run is announced: a large model takes seconds

Loaded = TypeVar("Loaded", bound=Model | Translator)


class RunExplorer(Explorer, Generic[Loaded]):
    """A view of a run under its controls; a kind says what is `_asked`, how to `_load` a model and to `_run` it.

    Only what was not tried just before is run; everything else is a look-up in what that run left.

    Attributes:
        model: the model's name, or "other"; then `name` takes a hub name or a folder.
        look: a button that runs the model once more, even on what failed.
    """

    _error = ""
    _tried: tuple | None    # the model and what else was asked for last

    def _offer_models(self, models: Iterable[Loaded], names: Iterable[str], *, hint: str, button: str) -> None:
        """Make the controls that choose the model, and the button; the first of `models` is the one that runs."""
        self._models = {model.name: model for model in models}
        self._running = next(iter(self._models), "")
        offered = [*((name, name) for name in dict.fromkeys([*self._models, *names])), (say("controls.other"), OTHER)]
        self.model = widgets.Dropdown(options=offered, **looks("model", "180px", "140px"))
        self.name = text_box("name", "", say(f"controls.{hint}"))
        self.name.layout.display = "none"
        self.look = widgets.Button(description=say(f"controls.{button}"), layout={"width": "auto"})
        self.look.on_click(self._look_again)

    def _asked(self) -> tuple:
        """Return what the model is to be run on."""
        raise NotImplementedError

    def _load(self, name: str) -> Loaded:
        """Load a model by its name or folder."""
        raise NotImplementedError

    def _run(self) -> None:
        """Run the model that is chosen on what is asked, and keep the record."""
        raise NotImplementedError

    @property
    def _wanted(self) -> tuple:
        """The model and what else the controls ask for."""
        name = self.name.value.strip() if self.model.value == OTHER else self.model.value
        return name, *self._asked()

    def _look_again(self, _: object) -> None:
        self._tried = None
        self._follow()

    def _prepare(self) -> str:
        """Run the model where something else is asked for than was tried last."""
        if self._models and self._wanted[0] and self._wanted != self._tried:
            self._tried = self._wanted
            self._error = attempt(self._take)
            if not self._error:
                self._announce()
                self._error = attempt(self._run)
            self._running = self._running if self._error else self.model.value
            self._tried = self._wanted
        self.name.layout.display = None if self.model.value == OTHER else "none"
        return self._error

    def _announce(self) -> None:
        """Say beforehand that a long text is being read; the picture takes a while."""
        n_characters = sum(len(part) for part in self._asked() if isinstance(part, str))
        if n_characters >= LONG:
            self._tell(say("controls.reading_long", n=n_characters))

    def _take(self) -> None:
        """Choose the model asked for, loaded if need be; where that fails, the one that runs stays the choice."""
        name = self._wanted[0]
        if name not in self._models:
            self._tell(say("controls.loading", name=name))
            try:
                self._models[name] = self._load(name)
            except BaseException:
                if self.model.value != OTHER:
                    self.model.value = self._running
                raise
        *known, other = self.model.options
        if (name, name) not in known:
            self.model.options = [*known, (name, name), other]
        self.model.value = name
