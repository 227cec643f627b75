"""08.report: a claim about a head, written down in eight parts; its form is judged, not what it claims."""

from dataclasses import replace

from ..exercise import Mistake
from ..report import ClaimReport, ReportExercise


def good() -> ClaimReport:
    """Return a report in good form."""
    return ClaimReport(
        claim="In the course BERT, head 2 of layer 1 attends to the previous token.",
        measure="The mean weight that a token gives to the one before it.", found=0.99, chance=0.1,
        texts=[f"Sentence number {place} has words." for place in range(20)],
        intervention="The head was switched off; the guess lost bits.",
        control="Another head of the layer was switched off: nearly no change.",
        limits="Short everyday sentences, one model, one training run.")


EXERCISE = ReportExercise(
    key="08.report",
    right=good,
    passed={
        "en": "All eight parts are there. Whether they convince, no program can say: give it to a reader, with the "
              "rubric below. report.save() writes it into your folder.",
        "zh": "八个部分都齐了。有没有说服力，程序判断不了：对照下面的评分表，请一位读者来读。运行 report.save() "
              "会把它写进你的文件夹。",
    },
    mistakes=(
        Mistake("missing", lambda report: replace(report, limits=""), {
            "en": "The part “{part}” is empty or is no text. It asks: {asked}",
            "zh": "“{part}”这一部分空着，或者不是文字。要写的是：{asked}",
        }),
        Mistake("template", lambda report: replace(
            report, limits="One sentence that could turn out wrong, with model, layer and head in it."), {
            "en": "Under “{part}” stands the template's own question. Write your answer to it: {asked}",
            "zh": "“{part}”里还是模板上的题目。请写上你自己的回答：{asked}",
        }),
        Mistake("too_short", lambda report: replace(report, control="none"), {
            "en": "“{part}” is too short for a reader who was not there. It asks: {asked}",
            "zh": "“{part}”太短了，没在场的读者看不懂。要写的是：{asked}",
        }),
        Mistake("twice", lambda report: replace(report, control=report.intervention), {
            "en": "“{part}” repeats another part word for word. It asks something of its own: {asked}",
            "zh": "“{part}”与另一部分一字不差。它问的是另一件事：{asked}",
        }),
        Mistake("no_number", lambda report: replace(report, chance="low"), {
            "en": "“{part}” must be one finite number, so that found and chance can be compared. It asks: {asked}",
            "zh": "“{part}”应是一个有限的数，这样结果和随机水平才能相比。要写的是：{asked}",
        }),
        Mistake("no_texts", lambda report: replace(report, texts="many"), {
            "en": "“{part}” must be a list of texts, none of them blank, so that others can measure again.",
            "zh": "“{part}”应是一个列表，装着一段段文字，没有空的，这样别人才能重新测量。",
        }),
        Mistake("too_few", lambda report: replace(report, texts=["One sentence."] * 50), {
            "en": "“{part}”: at least {least} different ones, please. One sentence can be found for any claim.",
            "zh": "“{part}”太少：至少要 {least} 段不同的文字。单独一句话，给什么论断都能找到。",
        }),
        Mistake("same_as_chance", lambda report: replace(report, found=0.1), {
            "en": "Found and chance level are the same number. Either the claim has failed, and then say so in the "
                  "claim with what you did find, or one of the two was copied.",
            "zh": "结果和随机水平是同一个数。要么论断不成立，那就在论断里照实写明你发现了什么；要么其中一个是抄来的。",
        }),
    ),
    form={
        "en": "Hand over a ClaimReport: report = ClaimReport(claim=\"…\", measure=\"…\", …). This was of type {got}.",
        "zh": "请交上一份 ClaimReport：report = ClaimReport(claim=\"…\", measure=\"…\", …)。收到的类型是 {got}。",
    },
    hints=(
        {
            "en": "Begin with the claim: which number, if you measured it now, would make you give it up?",
            "zh": "从论断写起：现在去测，测出什么样的数，你就会放弃它？",
        },
        {
            "en": "The two worked examples have all eight parts. Take the one that holds and change its head.",
            "zh": "两个示例都有八个部分。拿成立的那一个，换一个头试试。",
        },
        {
            "en": "ClaimReport(claim=\"…\", measure=\"…\", found=0.6, chance=0.05, texts=[…], intervention=\"…\", "
                  "control=\"…\", limits=\"…\")",
            "zh": "写成 ClaimReport(claim=\"…\", measure=\"…\", found=0.6, chance=0.05, texts=[…], "
                  "intervention=\"…\", control=\"…\", limits=\"…\")，省略号换成你的话。",
        },
    ),
)
