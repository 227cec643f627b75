"""Translate a text, token by token, and get a frozen record of everything on the way."""

from .changes import TranslationChanges
from .loading import load_translator
from .records import BeamPath, Step, TranslationRecord
from .translator import Translator

__all__ = ["BeamPath", "Step", "TranslationChanges", "TranslationRecord", "Translator",
           "load_translator"]
