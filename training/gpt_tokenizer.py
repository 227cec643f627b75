"""The tokenizer of the course GPT: the shared one, with a begin and an end of text, and a way back to text.

Every token keeps the id it has in the other course models; [CLS] and [SEP] become <s> and </s>, LLaMA's names. All of
this lives inside tokenizer.json, so plain `AutoTokenizer.from_pretrained(folder).decode(ids)` gives text back.
"""

import json
import re

from tokenizers import Regex, Tokenizer, decoders, processors
from transformers import PreTrainedTokenizerBase, PreTrainedTokenizerFast

from .tokenizer import SENTENCE_START

BEGIN, END = "<s>", "</s>"
# An English sentence that follows a Chinese one begins there too, whether the mark is full-width or not.
AFTER_CHINESE = r"(?<=[。？！])|(?<=[。？！]\s)|(?<=\p{Han}[?!])"
QUOTES_LEFT = r'(?:[^"]*"[^"]*")*[^"]*$'   # an even number of quotation marks up to the end
FULL_WIDTH = dict(zip(",?!:;", "，？！：；", strict=True))
# Each match is deleted, in this order, from tokens joined by spaces.
GLUE = (
    r"(?<=\d) (?=\d)",                                         # digits are tokens of their own: 1 9 4 1
    r"(?<=\d) (?=[:./] \d)", r"(?<=\d[:./]) (?=\d)",           # 7:30, 2.5, 1/2
    r"(?<=\d) (?=, \d{3}(?!\d))", r"(?<=\d,) (?=\d{3}(?!\d))",  # 1,000, but May 7, 1941
    r"(?<=\d) (?=(?:st|nd|rd|th|s)\b)", r"(?<=[$£€¥#]) (?=\d)", r"(?<=\d) (?=%)",
    r"(?<=\w) (?=[-/] \w)", r"(?<=\w[-/]) (?=\w)",             # well-known
    r" (?='(?: |$))",                                          # the boys' room
    rf'(?<=") (?=[^"]*"{QUOTES_LEFT})', rf' (?="{QUOTES_LEFT})',  # after an opening mark, before a closing one
    r" +(?=[,.;:?!)\]…])", r"(?<=[(\[]) ", r"(?<=\b[ap]\.) (?=m\b)",
    r"(?<=[\p{Han}，。、《》「」]) ", r" (?=[\p{Han}。、《》「」])",
)


def text_decoder() -> decoders.Decoder:
    """Return what turns tokens into text: pieces joined, marks and Chinese without spaces, sentences capitalised."""
    start = rf"(?:{SENTENCE_START}|{AFTER_CHINESE})(?<![ap]\.m\.\s)"
    return decoders.Sequence([
        decoders.WordPiece(prefix="##", cleanup=False), decoders.Fuse(),
        *(decoders.Replace(Regex(pattern), "") for pattern in GLUE),
        *(decoders.Replace(Regex(rf"(?<=\p{{Han}}){re.escape(half)} ?"), full) for half, full in FULL_WIDTH.items()),
        *(decoders.Replace(Regex(rf"{start}{letter}"), letter.upper()) for letter in "abcdefghijklmnopqrstuvwxyz")])


def decoder_tokenizer(shared: PreTrainedTokenizerBase) -> PreTrainedTokenizerFast:
    """Return the shared tokenizer made ready for a decoder: <s> before a text, </s> for its end, no segments."""
    written = shared.backend_tokenizer.to_str()
    for old, new in (("[CLS]", BEGIN), ("[SEP]", END), (SENTENCE_START, f"(?:{SENTENCE_START}|{AFTER_CHINESE})")):
        written = written.replace(json.dumps(old)[1:-1], json.dumps(new, ensure_ascii=False)[1:-1])
    tokenizer = Tokenizer.from_str(written)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{BEGIN} $A", special_tokens=[(BEGIN, tokenizer.token_to_id(BEGIN))])
    tokenizer.decoder = text_decoder()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", bos_token=BEGIN, eos_token=END,
        model_max_length=128, model_input_names=["input_ids", "attention_mask"], clean_up_tokenization_spaces=False)
