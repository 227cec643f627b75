"""Translate a text, token by token, and get a frozen record of everything on the way."""

from helpers.models.translation.changes import TranslationChanges
from helpers.models.translation.loading import load_translator
from helpers.models.translation.records import BeamPath, CrossAttentionRecord, Step, TranslationRecord
from helpers.models.translation.translator import Translator

__all__ = ["BeamPath", "CrossAttentionRecord", "Step", "TranslationChanges", "TranslationRecord", "Translator",
           "load_translator"]
