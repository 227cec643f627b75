"""Two tiny translators made on the spot, each taught a handful of sentences by heart."""

import json
from pathlib import Path

import torch
from torch.nn import functional

PAIRS = (("I am a student.", "我是学生。"), ("The dog ran across the street.", "狗跑过了街道。"),
         ("She bought a red umbrella yesterday.", "她昨天买了一把红伞。"),
         ("We love tea, and you love books.", "我们爱喝茶,你们爱看书。"), ("Where are you going?", "你要去哪里?"),
         ("Tom has 25 dogs!", "汤姆有25只狗!"))


def save_tiny_translator(folder: Path, **settings: object) -> Path:
    """Save a translator of the course's kind that knows `PAIRS` by heart in both directions; return the folder.

    Args:
        folder: where to; made if need be.
        settings: changes to its configuration.
    """
    from helpers.transformer import Transformer, TransformerConfig
    from training.tokenizer import build_tokenizer
    from training.translator import export
    from training.translator_data import Corpus

    english, chinese = [en for en, _ in PAIRS * 3], [zh for _, zh in PAIRS * 3]
    tokenizer = build_tokenizer([*english, "we saw Tom"], chinese, size=220)
    sizes = {"n_layers": 2, "d_model": 32, "n_heads": 4, "d_ff": 48, "norm_first": True, "activation": "gelu",
             "dropout": 0.0, "max_tokens": 64}
    torch.manual_seed(0)
    model = Transformer(TransformerConfig(len(tokenizer), **(sizes | settings)))
    corpus = Corpus(PAIRS * 3, tokenizer)
    pieces = {language: torch.tensor(ids) for language, ids in corpus.pieces.items()}
    _learn_by_heart(model, corpus, pieces, tokenizer)
    export(model, pieces, folder)
    tokenizer.save_pretrained(folder)
    return folder


def _learn_by_heart(model, corpus, pieces, tokenizer) -> None:
    """Teach the model the examples of a corpus, well enough to repeat them and to doubt a little."""
    from training.translator_data import pad

    batches = [pad(examples[:len(PAIRS)], language, tokenizer) for language, examples in corpus.examples.items()]
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    for step in range(50):
        batch = batches[step % 2]
        logits = model(batch.source, batch.shifted, batch.source_mask)
        barred = torch.ones(logits.shape[-1], dtype=torch.bool)
        barred[pieces[batch.language]] = False
        loss = functional.cross_entropy(logits.masked_fill(barred, -1e4).flatten(0, 1), batch.target.flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()


def save_tiny_marian(folder: Path, languages: tuple[str, str] | None = ("eng", "zho")) -> Path:
    """Save a Marian model, English to Chinese, that knows `PAIRS` by heart, and its tokenizer; return the folder.

    Args:
        folder: where to; made if need be.
        languages: what its tokenizer says of itself, source and target; None for nothing.
    """
    from transformers import MarianConfig, MarianMTModel

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _marian_tokenizer(folder, languages)
    last = len(tokenizer.encoder) - 1
    torch.manual_seed(0)
    model = MarianMTModel(MarianConfig(
        vocab_size=last + 1, d_model=24, encoder_layers=2, decoder_layers=2, encoder_attention_heads=3,
        decoder_attention_heads=3, encoder_ffn_dim=32, decoder_ffn_dim=32, max_position_embeddings=64, dropout=0.0,
        pad_token_id=last, decoder_start_token_id=last, eos_token_id=0, forced_eos_token_id=0, init_std=0.15,
        scale_embedding=True))
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    inputs = tokenizer([en for en, _ in PAIRS], text_target=[zh for _, zh in PAIRS], padding=True, return_tensors="pt")
    inputs["labels"][inputs["labels"] == last] = -100
    for _ in range(30):
        loss = model(**inputs).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    model.generation_config.bad_words_ids, model.generation_config.renormalize_logits = [[last]], True
    model.save_pretrained(folder)
    return folder


def _marian_tokenizer(folder: Path, languages: tuple[str, str] | None):
    import sentencepiece
    from transformers import MarianTokenizer

    known = ["</s>", "<unk>"]
    for name, sentences in (("source", [en for en, _ in PAIRS]), ("target", [zh for _, zh in PAIRS])):
        with (folder / f"{name}.spm").open("wb") as file:
            sentencepiece.SentencePieceTrainer.train(sentence_iterator=iter(sentences * 3), model_writer=file,
                                                     vocab_size=70, hard_vocab_limit=False, minloglevel=2)
        pieces = sentencepiece.SentencePieceProcessor(model_proto=(folder / f"{name}.spm").read_bytes())
        known += [pieces.id_to_piece(i) for i in range(3, pieces.get_piece_size())]
    vocabulary = {piece: index for index, piece in enumerate(dict.fromkeys([*known, "<pad>"]))}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    source, target = languages or (None, None)
    tokenizer = MarianTokenizer(*(str(folder / file) for file in ("source.spm", "target.spm", "vocab.json")),
                                source_lang=source, target_lang=target)
    tokenizer.save_pretrained(folder)
    return tokenizer
