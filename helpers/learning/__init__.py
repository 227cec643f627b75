"""Training that a learner watches: a small Transformer learns to reverse, copy or sort letters within seconds."""

from .interrupts import TrainingStopped
from .loop import EXAMPLE, LiveTraining
from .records import LiveRecord, Moment
from .settings import LiveSettings
from .tasks import TASKS

__all__ = ["EXAMPLE", "TASKS", "LiveRecord", "LiveSettings", "LiveTraining", "Moment", "TrainingStopped"]
