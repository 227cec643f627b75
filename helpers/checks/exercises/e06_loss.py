"""06.loss: how surprised a masked language model is."""

import torch
from torch.nn.functional import cross_entropy

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="06.loss",
    name="masked_loss",
    right=lambda logits, token_ids, chosen: cross_entropy(logits[chosen], token_ids[chosen]),
    cases=tuple({"logits": wave(n, vocab, start=n), "token_ids": torch.arange(n) * 2 % vocab,
                 "chosen": torch.arange(n) % 3 == 1} for n, vocab in ((5, 5), (6, 4), (8, 7))),
    passed={"en": "The mean of −ln p of the hidden tokens, and of those alone: this is what BERT's training makes "
                  "small.",
            "zh": "只对被选中的词元，求 −ln p 的平均：BERT 训练时要变小的就是它。"},
    mistakes=(
        Mistake("all_tokens", lambda logits, ids, chosen: cross_entropy(logits, ids), {
            "en": "All tokens were counted. Those that were not chosen stand there to be read: no question is asked.",
            "zh": "所有词元都算进去了。没被选中的明摆着可以看到，不该问。"}),
        Mistake("summed", lambda logits, ids, chosen: cross_entropy(logits[chosen], ids[chosen], reduction="sum"), {
            "en": "This is the sum. Take the mean, or a long text would count as a bad one.",
            "zh": "这是总和。要取平均，不然文字一长就显得学得差。"}),
        Mistake("probability", lambda logits, ids, chosen: logits.softmax(-1)[chosen, ids[chosen]].mean(), {
            "en": "This is the mean probability of the right tokens. The loss is −ln of each, and only then the mean.",
            "zh": "这是正确词元的平均概率。损失要先对每个取 −ln，再平均。"}),
        Mistake("sign", lambda logits, ids, chosen: -cross_entropy(logits[chosen], ids[chosen]), {
            "en": "The sign is missing: ln p is below 0, and a loss is something to make smaller.",
            "zh": "少了负号：ln p 小于 0，而损失是要变小的量。"}),
        Mistake("no_softmax", lambda logits, ids, chosen: -logits[chosen, ids[chosen]].mean(), {
            "en": "These are logits, not probabilities: softmax over the vocabulary has to come first.",
            "zh": "这是 logits，还不是概率：要先沿词表做 softmax。"}),
        Mistake("log_of_mean", lambda logits, ids, chosen: -logits.softmax(-1)[chosen, ids[chosen]].mean().log(), {
            "en": "The probabilities were averaged first. Take ln of each token's own, then the mean.",
            "zh": "你先把概率平均了。应先对每个词元各取 ln，再平均。"}),
    ),
    hints=(
        {"en": "Which rows of the logits belong to hidden tokens? And in each, which column is the right one?",
         "zh": "logits 里哪几行属于被选中的词元？每一行里，正确答案是哪一列？"},
        {"en": "logits.log_softmax(-1) gives ln p of every token of the vocabulary; logits[chosen] keeps the rows.",
         "zh": "logits.log_softmax(-1) 给出词表里每个词元的 ln p；用 logits[chosen] 留下那几行。"},
        {"en": "said = logits.log_softmax(-1)[chosen, token_ids[chosen]]; the loss is the mean of −said.",
         "zh": "记 said = logits.log_softmax(-1)[chosen, token_ids[chosen]]，损失就是 −said 的平均。"},
    ),
)
