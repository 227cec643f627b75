"""Load a BERT, run it on a text, and get a frozen record of everything it computed."""

from helpers.models.bert import Bert
from helpers.models.loading import load_bert
from helpers.models.records import AttentionRecord, BertRecord

__all__ = ["AttentionRecord", "Bert", "BertRecord", "load_bert"]
