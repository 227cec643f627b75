"""06.reader: from the vector of [CLS] to class probabilities."""

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="06.reader",
    name="class_probabilities",
    right=lambda states, weight, bias: (weight @ states[0] + bias).softmax(-1),
    cases=tuple({"states": wave(n, d, start=1), "weight": wave(classes, d, start=2) / 2, "bias": wave(classes, start=3)}
                for n, d, classes in ((4, 4, 4), (5, 6, 3), (3, 8, 2))),
    passed={"en": "One vector, one small matrix, one softmax: this is all that fine-tuning puts on top of BERT.",
            "zh": "一个向量、一个小矩阵、一次 softmax：微调时加在 BERT 上面的就这么多。"},
    mistakes=(
        Mistake("last_token", lambda states, weight, bias: (weight @ states[-1] + bias).softmax(-1), {
            "en": "The last token was read, [SEP]. [CLS] stands first.",
            "zh": "你读的是最后一个词元 [SEP]。[CLS] 在最前面。"}),
        Mistake("mean", lambda states, weight, bias: (weight @ states.mean(0) + bias).softmax(-1), {
            "en": "You read the mean of all tokens. That can work, too, but here [CLS] alone is asked for.",
            "zh": "你读的是所有词元的平均。那样也行得通，但这里只要 [CLS]。"}),
        Mistake("logits", lambda states, weight, bias: weight @ states[0] + bias, {
            "en": "These are scores. Softmax over the classes makes probabilities of them.",
            "zh": "这是分数。还要对各类做 softmax 才是概率。"}),
        Mistake("no_bias", lambda states, weight, bias: (weight @ states[0]).softmax(-1), {
            "en": "The bias is missing.", "zh": "漏了偏置。"}),
        Mistake("all_tokens", lambda states, weight, bias: (states @ weight.T + bias).softmax(-1), {
            "en": "Every token got a class. The sentence has one: read the first row alone.",
            "zh": "每个词元都得到了一类。一句话只有一类：只读第一行。"}),
    ),
    hints=(
        {"en": "Which row of the states is [CLS]?", "zh": "states 的哪一行是 [CLS]？"},
        {"en": "weight @ states[0] + bias gives a score for each class; then softmax.",
         "zh": "weight @ states[0] + bias 给每一类一个分数，再做 softmax。"},
    ),
)
