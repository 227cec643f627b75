"""06.cosine: how nearly two vectors point the same way."""

from torch.nn.functional import cosine_similarity

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="06.cosine",
    name="cosine",
    right=lambda one, other: cosine_similarity(one, other, dim=0),
    cases=tuple({"one": wave(n, start=1), "other": 1.5 * wave(n, start=2)} for n in (4, 6, 3)),
    passed={"en": "Direction alone: lengths are divided away.", "zh": "只看方向：长度已经除掉了。"},
    mistakes=(
        Mistake("dot", lambda one, other: one @ other, {
            "en": "This is the dot product. A long vector would seem near to everything: divide by both lengths.",
            "zh": "这是点积。向量一长，就好像和谁都近：要除以两个长度。"}),
        Mistake("one_length", lambda one, other: one @ other / one.norm(), {
            "en": "Only one of the two lengths was divided away.", "zh": "只除掉了一个向量的长度。"},
            also=(lambda one, other: one @ other / other.norm(),)),
        Mistake("squared", lambda one, other: one @ other / (one @ one * (other @ other)), {
            "en": "You divided by squared lengths. A length is the root of the sum of squares.",
            "zh": "你除以了长度的平方。长度要对平方和开方。"}),
        Mistake("distance", lambda one, other: (one - other).norm(), {
            "en": "This is how far apart their tips are. The cosine asks about direction, whatever the lengths.",
            "zh": "这是两个端点之间的距离。余弦只问方向，不管长短。"}),
        Mistake("turned", lambda one, other: 1 - cosine_similarity(one, other, dim=0), {
            "en": "This is the cosine distance, 1 minus what was asked.", "zh": "这是余弦距离，即 1 减去要求的值。"}),
    ),
    hints=(
        {"en": "A dot product grows with both lengths. What takes them away again?",
         "zh": "点积会随两个长度变大。怎样把长度去掉？"},
        {"en": "one @ other / (one.norm() * other.norm())",
         "zh": "写出来就是 one @ other / (one.norm() * other.norm())"},
    ),
)
