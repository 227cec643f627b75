"""What is looked at in each state kept from the GPT's birth: how it attends, copies and goes on."""

from pathlib import Path

import torch
from torch import Tensor
from transformers import AutoTokenizer, LlamaForCausalLM

from helpers.models.tokens import text_of

from .birth_looks import Look
from .gpt import kept_steps
from .gpt_measures import Induction, bits_of, head_shares, induction

# None of these stands in the training text. Nine words that say nothing, twice; a sentence and its translation;
# a name that comes again. Up to "|" the model is shown the text when it is asked to go on.
TEXTS = ("river seven 书 green 走 money 山 Tom tea river seven 书| green 走 money 山 Tom tea",
         "小猫在椅子下面睡觉。| The small cat is sleeping under the chair.",
         "Ken and Mary went to Boston. Ken and| Mary came back.")
MORE = 10                                       # tokens it goes on for, at most


class GptLook(Look):
    """The GPT: three texts with the attention of all layers, and how it goes on from their beginnings."""

    name = "gpt"
    model: LlamaForCausalLM

    def _open(self, folder: Path) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = LlamaForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
        self._copied: Induction

    def steps(self, last: int) -> list[int]:
        """Return the steps to look at, of a run of `last`."""
        return kept_steps(last)

    def _ids(self, text: str) -> Tensor:
        return self.tokenizer(text.replace("|", ""), return_tensors="pt").input_ids

    @torch.no_grad()
    def attention(self) -> dict[str, Tensor]:
        """Return the attention of all layers."""
        return {f"decoder.{place}": torch.cat(self.model(self._ids(text), output_attentions=True).attentions)
                for place, text in enumerate(TEXTS)}

    def heads(self) -> dict[str, Tensor]:
        """Return the induction score of each head, and its shares on the token before and on <s>, on English pairs."""
        self._copied = induction(self.model, self.tokenizer)
        return {"induction": self._copied.scores,
                **head_shares(self.model, self.tokenizer, [f"{en} {zh}" for en, zh in self.pairs])}

    def figures(self) -> dict[str, float]:
        """Return bits per character, and the loss on random tokens and on the same ones again."""
        bits = {f"bits_{kind}": bits_of(self.model, self.tokenizer, texts).per_character
                for kind, texts in zip(("en", "zh"), zip(*self.pairs, strict=True), strict=True)}
        return bits | {"loss_first_copy": self._copied.first_loss, "loss_second_copy": self._copied.second_loss}

    @torch.no_grad()
    def said(self) -> list[str]:
        """Return how it goes on, greedily, from the beginning of each text."""
        found = []
        for text in TEXTS:
            ids = self._ids(text.split("|")[0])
            written = self.model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=False,
                                          temperature=None, top_p=None, max_length=ids.shape[1] + MORE)
            found.append(text_of(self.tokenizer, written[0].tolist(), skip_special_tokens=True))
        return found

    def about(self, said: tuple[list[str], ...]) -> dict[str, list]:
        """Return the texts with their tokens, and how it went on at each step."""
        texts = []
        for place, text in enumerate(TEXTS):
            tokens = self.tokenizer.convert_ids_to_tokens(self._ids(text)[0].tolist())
            texts.append({"text": text.split("|")[0], "reference": "", "parts": {"decoder": {"tokens": tokens}},
                          "said": [one[place] for one in said]})
        return {"texts": texts, "cloze": []}
