"""What is looked at in each state kept from birth: attention to a few sentences, what the model says, its heads."""

import json
from pathlib import Path

import torch
from torch import Tensor
from transformers import AutoTokenizer, BertForPreTraining

from helpers.heads import describe_heads
from helpers.models import Bert
from helpers.transformer import Transformer

from .alignment import SilverLinks, bert_hits, cross_attention_hits
from .card import CLOZE
from .evaluate_bert import cloze, example_of, quick_scores
from .trainer import birth_steps
from .translating import load
from .translator import translation_loss
from .translator_data import DIRECTIONS, Example, pad

# None of these stands in the training text.
TEXTS = (("She bought a red umbrella yesterday.", "她昨天买了一把红色的雨伞。"),
         ("The small cat is sleeping under the chair.", "小猫在椅子下面睡觉。"),
         ("I drink a cup of hot tea every morning.", "我每天早上喝一杯热茶。"))
PAIRS = 100              # of the development pairs, for the figures at each step
HEAD_KINDS = ("previous", "next", "special")
GUESSES = 3


class Look:
    """Looks at one model as its states are loaded one after the other.

    Args:
        work: folder with data.json.
        folder: the finished model's.
    """

    name: str
    model: torch.nn.Module

    def __init__(self, work: Path, folder: Path):
        self.data = json.loads((work / "data.json").read_text(encoding="utf-8"))
        self.pairs = self.data["dev"][:PAIRS]
        self._open(folder)

    def steps(self, last: int) -> list[int]:
        """Return the steps to look at, of a run of `last`."""
        return birth_steps(last)

    def load(self, state: dict[str, Tensor]) -> None:
        """Take the weights of a state."""
        self.model.load_state_dict(state)
        self.model.eval()

    def state(self) -> dict[str, Tensor]:
        """Return a copy of the weights as they are now, in fp16 as they are kept."""
        return {name: tensor.to(torch.half, copy=True) for name, tensor in self.model.state_dict().items()}

    def _open(self, folder: Path) -> None:
        """Load the finished model and its tokenizer."""
        raise NotImplementedError

    def attention(self) -> dict[str, Tensor]:
        """Return {"part.text": (layer, head, query, key)}."""
        raise NotImplementedError

    def heads(self) -> dict[str, Tensor]:
        """Return {kind: shares (layer, head)} on development pairs."""
        raise NotImplementedError

    def figures(self) -> dict[str, float]:
        """Return figures on development pairs by name."""
        raise NotImplementedError

    def said(self) -> list:
        """Return what the model says: one entry a text of `TEXTS`, or a line of the cloze list."""
        raise NotImplementedError

    def about(self, said: tuple[list, ...]) -> dict[str, list]:
        """Return "texts" and "cloze" for the file; `said` holds what was said at each step."""
        raise NotImplementedError


class TranslatorLook(Look):
    """The translator: the first and last text into Chinese, the second into English."""

    name = "translator"
    model: Transformer

    def _open(self, folder: Path) -> None:
        self.translator = load(folder)
        self.model, self.tokenizer = self.translator.model, self.translator.tokenizer
        self.shown = [(english, chinese, "zh") if place != 1 else (chinese, english, "en")
                      for place, (english, chinese) in enumerate(TEXTS)]
        self.silver = SilverLinks(self.data["train"], self.tokenizer)

    def _ids(self, source: str, target: str, language: str) -> tuple[list[int], list[int]]:
        """Return what the encoder reads, and what the decoder is to write."""
        return (self.translator.source_ids(source, language),
                [*self.translator.plain_ids(target), self.tokenizer.sep_token_id])

    @torch.no_grad()
    def attention(self) -> dict[str, Tensor]:
        """Return the attention of encoder, decoder and cross-attention, the reference being read."""
        found: dict[str, Tensor] = {}
        for place, shown in enumerate(self.shown):
            source, target = self._ids(*shown)
            encoded = self.model.encode(torch.tensor([source]))
            decoded = self.model.decode(torch.tensor([[self.tokenizer.cls_token_id, *target[:-1]]]), encoded.states)
            found |= {f"encoder.{place}": torch.cat(encoded.weights), f"decoder.{place}": torch.cat(decoded.weights),
                      f"cross.{place}": torch.cat(decoded.cross_weights)}
        return found

    def heads(self) -> dict[str, Tensor]:
        """Return the share of links that each head of the cross-attention finds, both directions together."""
        counted = [cross_attention_hits(self.translator, self.silver, self.pairs, language) for language in DIRECTIONS]
        hits = sum((hits for hits, _ in counted), start=torch.tensor(0.0))
        return {"aligned": hits / max(sum(n for _, n in counted), 1)}

    @torch.no_grad()
    def figures(self) -> dict[str, float]:
        """Return the loss in nats a token towards each language."""
        losses = {}
        for language in DIRECTIONS:
            sides = [pair if language == "zh" else pair[::-1] for pair in self.pairs]
            batch = pad([Example(*self._ids(source, target, language), []) for source, target in sides], language,
                        self.tokenizer)
            memory = self.model.encode(batch.source, batch.source_mask).states
            states = self.model.decode(batch.shifted, memory, batch.source_mask).states
            losses[f"loss_{language}"] = translation_loss(
                self.model, states, batch, self.translator.pieces[language], smoothing=0.0).item()
        return losses

    def said(self) -> list[str]:
        """Return the greedy translations."""
        return [self.translator.greedy([source], language)[0] for source, _, language in self.shown]

    def about(self, said: tuple[list[str], ...]) -> dict[str, list]:
        """Return the texts with the tokens of each part."""
        texts = []
        for place, (source, reference, language) in enumerate(self.shown):
            source_ids, target_ids = self._ids(source, reference, language)
            keys, rows = map(self.tokenizer.convert_ids_to_tokens, (source_ids, target_ids))
            parts = {"encoder": {"tokens": keys}, "decoder": {"tokens": [self.tokenizer.cls_token, *rows[:-1]]},
                     "cross": {"tokens": rows, "key_tokens": keys}}
            texts.append({"text": source, "reference": reference, "parts": parts, "said": [one[place] for one in said]})
        return {"texts": texts, "cloze": []}


class BertLook(Look):
    """The BERT: the first two texts as sentence pairs, English first and Chinese first, the last in Chinese alone."""

    name = "bert"
    model: BertForPreTraining

    def _open(self, folder: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = BertForPreTraining.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
        self.bert = Bert(self.model, self.tokenizer, self.name, can_fill_mask=True)
        self.shown = [TEXTS[0], TEXTS[1][::-1], TEXTS[2][1:]]
        self.lines = CLOZE["zh"] + CLOZE["en"]
        self.silver = SilverLinks(self.data["train"], self.tokenizer)

    def attention(self) -> dict[str, Tensor]:
        """Return the attention of all layers."""
        return {f"encoder.{place}": self.bert.run(*shown).weights for place, shown in enumerate(self.shown)}

    def heads(self) -> dict[str, Tensor]:
        """Return the shares of the kinds that `TrainingRecord.heads` names."""
        summary = describe_heads(self.bert.run(*pair) for pair in self.pairs)
        hits, n_links = bert_hits(self.model, self.silver, self.pairs)
        return {kind: summary.shares[kind] for kind in HEAD_KINDS} | {"aligned": hits / max(n_links, 1)}

    def figures(self) -> dict[str, float]:
        """Return masked accuracy on short Chinese sentences and inside pairs."""
        return quick_scores(self.model, self.tokenizer, self.pairs)

    def said(self) -> list[list[str]]:
        """Return the first guesses for each line of the cloze list."""
        return [row["guesses"][:GUESSES] for row in cloze(self.model, self.tokenizer, self.lines)]

    def about(self, said: tuple[list[list[str]], ...]) -> dict[str, list]:
        """Return the texts with their tokens, and the cloze list with the guesses of each step."""
        texts = []
        for shown in self.shown:
            example = example_of(self.tokenizer, *shown)
            segments = [int(place >= example.length_a) for place in range(len(example.ids))]
            part = {"tokens": self.tokenizer.convert_ids_to_tokens(example.ids), "segment_ids": segments}
            texts.append({"text": "\n".join(shown), "reference": "", "parts": {"encoder": part}, "said": []})
        lines = [{"sentence": sentence, "expected": expected, "guesses": [one[place] for one in said]}
                 for place, (sentence, expected) in enumerate(self.lines)]
        return {"texts": texts, "cloze": lines}
