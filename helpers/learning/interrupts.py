"""The kernel's stop button as a wish: the training step that is under way is finished, never torn."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class TrainingStopped(KeyboardInterrupt):
    """An interrupt that came while a model was training, raised when its step was finished: one sentence."""

    def _render_traceback_(self) -> list[str]:
        """Give IPython the sentence in place of a traceback."""
        return [str(self)]


@contextmanager
def interrupts_noted(answer: Callable[[], object]) -> Iterator[threading.Event]:
    """Inside the block, call `answer` at an interrupt in place of raising KeyboardInterrupt.

    Signals reach the main thread alone; in any other the block changes nothing.

    Yields:
        An event that is set by the interrupt.
    """
    came = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield came
        return

    def note(*_: object) -> None:
        came.set()
        answer()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, before)
