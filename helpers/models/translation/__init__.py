"""Translate a text, token by token, and get a frozen record of everything on the way."""

from helpers.models.translation.records import BeamPath, CrossAttentionRecord, Step, TranslationRecord

__all__ = ["BeamPath", "CrossAttentionRecord", "Step", "TranslationRecord"]
