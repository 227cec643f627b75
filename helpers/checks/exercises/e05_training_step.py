"""05.training_step: forward, loss, gradient, step; tried three times on a small model."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from ...transformer import Transformer, TransformerConfig
from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave

N_TIMES, VOCAB, RATE = 3, 7, 0.5
Optimiser = torch.optim.Optimizer


def small_model() -> Transformer:
    """Return a Transformer with one layer on each side, its weights always the same."""
    model = Transformer(TransformerConfig(VOCAB, n_layers=1, d_model=4, n_heads=1, d_ff=4, norm_first=True,
                                          dropout=0.0, max_tokens=8)).double()
    for start, parameter in enumerate(model.parameters()):
        parameter.data = 0.4 * wave(*parameter.shape, start=start)
    return model


def descent(model: nn.Module) -> Optimiser:
    """Return plain gradient descent."""
    return torch.optim.SGD(model.parameters(), lr=RATE)


def repeated(step: Callable[..., object]) -> Callable[..., object]:
    """Return the losses of three steps on one batch: they tell whether the weights moved, and which way."""
    def run(model: Callable[[], Transformer], optimiser: Callable[[nn.Module], Optimiser], *batch: Tensor) -> object:
        made = model()
        given = optimiser(made)
        losses = [step(made, given, *batch) for _ in range(N_TIMES)]
        return None if losses[0] is None or losses[0] is ... else losses
    return run


def step_case(start: int, *lengths: int) -> Inputs:
    """Return a batch of words and what is to be written, filled up to the longest."""
    longest = max(lengths)
    ids = (torch.arange(len(lengths) * longest).reshape(-1, longest) * 5 + start) % (VOCAB - 1)
    inside = torch.arange(longest) < torch.tensor(lengths)[:, None]
    target = ids.flip(-1)
    decoder = torch.cat([torch.full_like(ids[:, :1], VOCAB - 1), target[:, :-1]], dim=1)
    return {"model": small_model, "optimiser": descent, "source_ids": ids, "decoder_ids": decoder,
            "target_ids": target, "inside": inside}


def loss_of(model: nn.Module, source: Tensor, decoder: Tensor, target: Tensor, inside: Tensor) -> Tensor:
    """Return the mean cross-entropy of the real tokens."""
    return cross_entropy(model(source, decoder)[inside], target[inside])


def stepping(loss: Callable[..., Tensor], order: str = "zbs") -> Callable[..., float]:
    """Return a training step with another loss, or other acts: z clears, b goes backward, s steps."""
    def step(model: nn.Module, optimiser: Optimiser, *batch: Tensor) -> float:
        value = loss(model, *batch)
        acts: dict[str, Callable[[], object]] = {"z": optimiser.zero_grad, "b": value.backward, "s": optimiser.step}
        for act in order:
            acts[act]()
        return value.item()
    return step


EXERCISE = FunctionExercise(
    key="05.training_step",
    name="training_step",
    right=stepping(loss_of),
    cases=(step_case(0, 4, 4), step_case(1, 4, 2, 3), step_case(2, 3, 5)),
    tried=repeated,
    passed={
        "en": "Forward, loss, clear, backward, step: tried three times on one batch, and the loss is what it should "
              "be each time. All training is this, many times.",
        "zh": "前向、损失、清零、反向、走一步：在同一批上试了三次，每次的损失都对。所有的训练都是这几行，重复很多遍。",
    },
    mistakes=(
        Mistake("not_cleared", stepping(loss_of, "bs"), {
            "en": "The gradients are never cleared: backward() adds to those of the step before, so that every step "
                  "goes in all the old directions, too. optimiser.zero_grad() is missing.",
            "zh": "梯度没有清零：backward() 会加在上一步的梯度上，每一步都把旧方向再走一遍。"
                  "漏了 optimiser.zero_grad()。",
        }),
        Mistake("weights_unchanged", stepping(loss_of, "zb"), {
            "en": "The weights stay as they were: three steps, three times the same loss. Are backward() and then "
                  "step() both there, and zero_grad() not between the two?",
            "zh": "权重没有变：走了三步，三次损失一样。backward() 和 step() 都有吗？先后对吗？zero_grad() 没有夹在"
                  "它们中间吧？",
        }, also=(stepping(loss_of, "bzs"), stepping(loss_of, "z"))),
        Mistake("over_padding", stepping(lambda model, source, decoder, target, inside: cross_entropy(
            model(source, decoder).flatten(0, 1), target.flatten())), {
            "en": "The loss counts the padding, too: the model is trained to write filling. Take the places where "
                  "inside is True, of the logits and of the targets.",
            "zh": "损失把填充也算进去了：这是在教模型写填充。logits 和 target_ids 都只取 inside 为 True 的位置。",
        }),
        Mistake("reads_the_answer", stepping(lambda model, source, decoder, target, inside: loss_of(
            model, source, target, target, inside)), {
            "en": "The decoder reads target_ids: the very token that it is asked for. It must read decoder_ids, the "
                  "target shifted right.",
            "zh": "解码器读的是 target_ids，正是要它答的那个词元。应当读 decoder_ids，也就是右移一位的译文。",
        }),
        Mistake("asked_what_it_reads", stepping(lambda model, source, decoder, target, inside: loss_of(
            model, source, decoder, decoder, inside)), {
            "en": "The loss compares with decoder_ids, what the decoder has just read. It is asked for what comes "
                  "next: target_ids.",
            "zh": "损失比的是 decoder_ids，解码器刚刚读到的。要它答的是下一个：target_ids。",
        }),
        Mistake("softmax_twice", stepping(lambda model, source, decoder, target, inside: cross_entropy(
            model(source, decoder)[inside].softmax(-1), target[inside])), {
            "en": "cross_entropy takes logits and does the softmax itself; here softmax was done twice.",
            "zh": "cross_entropy 收的是 logits，softmax 由它自己做；这里做了两次 softmax。",
        }),
        Mistake("uphill", stepping(lambda *given: -loss_of(*given)), {
            "en": "The sign is turned: this walks up the loss. cross_entropy is already something to make small.",
            "zh": "符号反了：这样损失越走越大。cross_entropy 本来就是要变小的。",
        }),
    ),
    hints=(
        {"en": "Five acts: the logits, the loss on the real places, clear the old gradients, backward, one step.",
         "zh": "五件事：算 logits，在真实的位置上算损失，清掉旧梯度，反向传播，走一步。"},
        {"en": "logits = model(source_ids, decoder_ids) has the shape (batch, token, vocab); logits[inside] keeps the "
               "real places.",
         "zh": "logits = model(source_ids, decoder_ids) 的形状是 (batch, token, vocab)；"
               "logits[inside] 只留真实的位置。"},
        {"en": "loss = cross_entropy(logits[inside], target_ids[inside]); then optimiser.zero_grad(), "
               "loss.backward(), optimiser.step(); return loss.item().",
         "zh": "loss = cross_entropy(logits[inside], target_ids[inside])；然后 optimiser.zero_grad()、"
               "loss.backward()、optimiser.step()；返回 loss.item()。"},
    ),
)
