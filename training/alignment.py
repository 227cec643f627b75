"""How often a head's strongest key is the word that a silver link names, for both course models."""

from typing import Any

import torch
from torch import Tensor
from transformers import BertForPreTraining, PreTrainedTokenizerBase

from .bert_data import Example as TextExample
from .bert_data import pad as pad_texts
from .data import HAN
from .evaluate_bert import example_of
from .links import Links
from .translating import BatchTranslator
from .translator_data import Example, pad

BATCH = 64


class SilverLinks:
    """Links between English words and Chinese characters, learnt by counting on the training pairs.

    Args:
        pairs: (English, Chinese), the training pairs.
        tokenizer: the shared tokenizer.
    """

    def __init__(self, pairs: list, tokenizer: PreTrainedTokenizerBase):
        self.tokenizer = tokenizer
        self.links = Links([self._ids(pair) for pair in pairs], len(tokenizer))
        self.han = {i for token, i in tokenizer.get_vocab().items() if HAN.fullmatch(token)}

    def _ids(self, pair: tuple[str, str]) -> tuple[list[int], list[int]]:
        english, chinese = (self.tokenizer(side, add_special_tokens=False).input_ids for side in pair)
        return english, chinese

    def of(self, pair: tuple[str, str]) -> tuple[list[int], list[int], list[tuple[int, int]]]:
        """Return English ids, Chinese ids and the links of a pair as (place of a word, place of a character).

        Each of the two tokens is the other's best choice; marks and digits are left out.
        """
        english, chinese = self._ids(pair)
        found = self.links.between(english, chinese)
        return english, chinese, [(i, j) for i, j in found if chinese[j] in self.han]


@torch.no_grad()
def cross_attention_hits(translator: BatchTranslator, silver: SilverLinks, pairs: list, language: str
                         ) -> tuple[Tensor, int]:
    """Count the links that each head of the cross-attention finds while the reference is being read.

    A link is found if, at the step that is to write the target token, the linked source token has the largest weight
    of all source tokens, tag and end included.

    Args:
        translator: the model.
        silver: links learnt on training pairs.
        pairs: held-out (English, Chinese).
        language: of the target, "zh" or "en".

    Returns:
        (layer, head) counts in float64, and the number of links.
    """
    examples = sorted((_linked(translator, silver, pair, language) for pair in pairs), key=lambda e: len(e.source))
    hits, n_links = torch.zeros((), dtype=torch.float64), 0
    for at in range(0, len(examples), BATCH):
        batch = pad(examples[at:at + BATCH], language, translator.tokenizer)
        memory = translator.model.encode(batch.source, batch.source_mask).states
        weights = torch.stack(translator.model.decode(batch.shifted, memory, batch.source_mask).cross_weights)
        rows, places, keys = batch.links.T
        hits = hits + _found(weights[:, rows, :, places], keys)      # (layer, batch, head, target, source) by link
        n_links += len(keys)
    return hits, n_links


def _linked(translator: BatchTranslator, silver: SilverLinks, pair: tuple[str, str], language: str) -> Example:
    """Return one pair as an example towards `language` with its links; places in the source count the tag."""
    english, chinese, found = silver.of(pair)
    source, target = (english, chinese) if language == "zh" else (chinese, english)
    links = [(i + 1, j) if language == "zh" else (j + 1, i) for i, j in found]
    tag, end = translator.source_ids("", language)
    return Example([tag, *source, end], [*target, end], links)


def _found(weights: Tensor, keys: Tensor) -> Tensor:
    """Count the links whose key has the largest weight: (link, layer, head, key) and (link,) give (layer, head)."""
    return (weights.argmax(-1) == keys[:, None, None]).double().sum(0)


@torch.no_grad()
def bert_hits(model: BertForPreTraining, silver: SilverLinks, pairs: list, *, masked: bool = False
              ) -> tuple[Tensor, int]:
    """Count the links that each head of a BERT finds from a Chinese character to its English.

    A link is found if, of the English tokens, the linked one has the largest weight in the character's row.

    Args:
        model: the BERT, with eager attention.
        silver: links learnt on training pairs.
        pairs: held-out (English, Chinese), read together with the English as sentence A.
        masked: hide the character first, one at a time.

    Returns:
        (layer, head) counts in float64, and the number of links.
    """
    model.eval()
    asked = sorted((row for pair in pairs for row in _asked(silver, pair)), key=lambda row: len(row[0].ids))
    hits = torch.zeros((), dtype=torch.float64)
    for at in range(0, len(asked), BATCH):
        examples, places, keys = map(list, zip(*asked[at:at + BATCH], strict=True))
        batch, rows = pad_texts(examples, silver.tokenizer.pad_token_id), torch.arange(len(examples))
        if masked:
            batch.ids[rows, places] = silver.tokenizer.mask_token_id
        weights = model.bert(batch.ids, attention_mask=batch.attention.long(), token_type_ids=batch.segments,
                             output_attentions=True).attentions
        columns, ends = torch.arange(batch.ids.shape[1]), torch.tensor([[e.length_a - 1] for e in examples])
        english = (columns > 0) & (columns < ends)                                             # (link, key)
        hits = hits + _found(torch.stack(weights)[:, rows, :, places] * english[:, None, None], torch.tensor(keys))
    return hits, len(asked)


def _asked(silver: SilverLinks, pair: tuple[str, str]) -> list[tuple[TextExample, int, int]]:
    """Return (example, place of a linked Chinese character, place of its English word), one for each link."""
    example = example_of(silver.tokenizer, *pair)
    return [(example, example.length_a + j, i + 1) for i, j in silver.of(pair)[2]]


def bert_alignment(model: BertForPreTraining, silver: SilverLinks, data: dict[str, list]) -> dict[str, Any]:
    """Return how many links the heads of a BERT find, and the best of them, which the development pairs choose.

    Returns:
        {"best": "layer, head", "n_links": in the test pairs, "shares": (layer, head) on them, and "plain" and
        "masked": {"dev", "test": share of the links that the best head finds}}.
    """
    found = {name: {split: bert_hits(model, silver, data[split], masked=name == "masked") for split in ("dev", "test")}
             for name in ("plain", "masked")}
    shares = {name: {split: hits / max(n, 1) for split, (hits, n) in splits.items()} for name, splits in found.items()}
    best = divmod(int(shares["plain"]["dev"].argmax()), model.config.num_attention_heads)
    return {"best": f"{best[0]}, {best[1]}", "n_links": found["plain"]["test"][1], "shares": shares["plain"]["test"],
            **{name: {split: share[best].item() for split, share in splits.items()}
               for name, splits in shares.items()}}
