"""What a learner reads while heads that copy are measured."""

STRINGS = {
    "not_a_decoder": {
        "en": "measure_induction needs a decoder, load_model(\"course-gpt\"); it got {got}.",
        "zh": "measure_induction 需要一个解码器，例如 load_model(\"course-gpt\")；收到的是 {got}。",
    },
    "size": {
        "en": "{name} is a whole number of at most {most} (a sequence has 2 tokens or more, and both copies must fit "
              "into the model); got {got}.",
        "zh": "{name} 应是不超过 {most} 的整数（序列至少有 2 个词元，两遍合起来要放得进模型）；收到的是 {got}。",
    },
}
