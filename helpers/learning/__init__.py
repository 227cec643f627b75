"""Training that a learner watches: a small Transformer reverses, copies or sorts letters, or learns to write."""

from .characters import CharacterTraining
from .interrupts import TrainingStopped
from .loop import EXAMPLE, LiveTraining
from .records import CharacterMoment, CharacterRecord, LiveRecord, Moment
from .settings import LiveSettings
from .tasks import TASKS

__all__ = ["EXAMPLE", "TASKS", "CharacterMoment", "CharacterRecord", "CharacterTraining", "LiveRecord", "LiveSettings",
           "LiveTraining", "Moment", "TrainingStopped"]
