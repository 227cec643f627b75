"""The kernel's stop button as a wish: a training step is finished, never torn."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_noted(answer: Callable[[], object]) -> Iterator[None]:
    """Inside the block, call `answer` at an interrupt in place of raising KeyboardInterrupt.

    Signals reach the main thread alone; in any other the block changes nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: answer())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
