"""A translation view in words: its heading, its one sentence, what each step says."""

from ...text import say
from ..svg import clip, visible
from .selection import Choice

LONGEST, MOST_SPOKEN, OTHERS = 24, 4, 2


def heading(choice: Choice) -> str:
    """Return the view's heading, as "Step 3 (0 to 7) · layer 1 · head 0 (taught)"."""
    return " · ".join([say("translation_view.step_name", step=choice.step, last=len(choice.record.steps) - 1),
                       attention_name(choice)])


def attention_name(choice: Choice) -> str:
    """Return which attention is drawn, as "layer 1 · head 0 (taught)"."""
    head = "mean" if choice.head is None else "taught" if choice.is_taught else "head_name"
    return say("translation_view.layer_name", layer=choice.layer) + " · " + say(
        f"translation_view.{head}", head=choice.head)


def token_name(token: str) -> str:
    """Return a token as it is named in a sentence."""
    return clip(visible(token), LONGEST)


def looked_at(choice: Choice, step: int) -> str:
    """Return where one step looks: its strongest source tokens with their weights, strongest first."""
    links = sorted(choice.links(step), key=lambda link: -link[1])[:MOST_SPOKEN]
    if not links:
        return say("views.none", threshold=f"{choice.threshold:g}")
    names = (f"{token_name(choice.record.source_tokens[key])} {weight:.2f}" for key, weight in links)
    return say("views.comma").join(names)


def spoken(choice: Choice, step: int) -> str:
    """Return one step in words, for who reaches its token with Tab."""
    taken = choice.record.steps[step]
    return say("translation_view.spoken", step=step, token=token_name(taken.token),
               probability=f"{taken.probability:.2f}", looked=looked_at(choice, step))


def sentence(choice: Choice) -> str:
    """Return the whole picture in one sentence: the step, what is written, what else might be, where it looks."""
    now, record = choice.now, choice.record
    before = " ".join(map(token_name, record.target_tokens[:choice.step])) or say("translation_view.nothing")
    others = [f"{token_name(token)} {p:.2f}" for token, p in now.candidates if token != now.token][:OTHERS]
    return say("translation_view.forced" if now.forced else "translation_view.sentence",
               model=record.model_name or say("views.model"), step=choice.step, last=len(record.steps) - 1,
               before=before, token=token_name(now.token), probability=f"{now.probability:.2f}",
               others=say("views.comma").join(others), attention=attention_name(choice),
               looked=looked_at(choice, choice.step))
