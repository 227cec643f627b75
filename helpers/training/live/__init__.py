"""Training that a learner watches: a small Transformer learns to reverse, copy or sort letters within seconds."""

from helpers.training.live.interrupts import TrainingStopped
from helpers.training.live.loop import EXAMPLE, LiveTraining
from helpers.training.live.records import LiveRecord, Moment
from helpers.training.live.settings import LiveSettings
from helpers.training.live.tasks import TASKS

__all__ = ["EXAMPLE", "TASKS", "LiveRecord", "LiveSettings", "LiveTraining", "Moment", "TrainingStopped"]
