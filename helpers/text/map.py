"""What the map of the Transformer says."""

STRINGS = {
    "title": {
        "en": "The Transformer, and the chapter that opens each part",
        "zh": "Transformer 的地图：各个部分在哪一章讲",
    },
    "text": {
        "en": "Map of the Transformer, read from bottom to top. The encoder, on the left, takes the source words, "
              "adds positional encoding (chapter 04), and repeats self-attention (01), with many heads (02) made of "
              "query, key and value (03), and a feed-forward part (05). The decoder, on the right, does the same with "
              "the words written so far, under a mask, and looks at the encoder by cross-attention (05) to give the "
              "next word. BERT is the encoder alone (06), GPT the decoder alone, without cross-attention (07). "
              "What a head of either does, you claim and test yourself (08).",
        "zh": "Transformer 的地图，自下而上看。左边的编码器读入原文的词，加上位置编码（第 04 章），"
              "再一层层重复自注意力（01）和前馈网络（05）；自注意力有许多头（02），每个头由查询、键、值构成（03）。"
              "右边的解码器对已经写出的词做同样的事，只是加了掩码，并用交叉注意力（05）去看编码器，给出下一个词。"
              "单有编码器就是 BERT（06），单有解码器、去掉交叉注意力就是 GPT（07）。"
              "它们的某个头在做什么，由你自己提出论断并检验（08）。",
    },
    "lit": {"en": " Chapter {chapter} opens: {parts}.", "zh": "第 {chapter} 章讲：{parts}。"},
    "and": {"en": ", ", "zh": "、"},
    "no_chapter": {
        "en": "The map has parts for the chapters {chapters}; got {got}. Write the number as text, \"01\".",
        "zh": "地图上有这些章：{chapters}；你给的是 {got}。章号请写成文字，如 \"01\"。",
    },
    "encoder_alone": {"en": "BERT · {chapter}", "zh": "BERT · {chapter}"},
    "decoder_alone": {"en": "GPT · {chapter}", "zh": "GPT · {chapter}"},
    "encoder": {"en": "Encoder · reads", "zh": "编码器 · 读"},
    "decoder": {"en": "Decoder · writes", "zh": "解码器 · 写"},
    "is_attend": {"en": "attention", "zh": "注意力"},
    "is_place": {"en": "position", "zh": "位置"},
    "is_plain": {"en": "other parts", "zh": "其他部分"},
    "repeat": {"en": "× N layers", "zh": "× N 层"},
    "embedding": {"en": "Embedding", "zh": "嵌入"},
    "positions": {"en": "+ Positional encoding", "zh": "+ 位置编码"},
    "self_attention": {"en": "Self-attention", "zh": "自注意力"},
    "masked": {"en": "Masked self-attention", "zh": "带掩码的自注意力"},
    "cross": {"en": "Cross-attention", "zh": "交叉注意力"},
    "feed_forward": {"en": "Feed-forward", "zh": "前馈网络"},
    "predict": {"en": "Linear + softmax", "zh": "线性层 + softmax"},
    "next": {"en": "next word: 茶", "zh": "下一个词：茶"},
    "source": {"en": "I drink tea .", "zh": "I drink tea ."},
    "target": {"en": "我 喝", "zh": "我 喝"},
    "add_norm": {"en": "After every part: add & norm (05)", "zh": "每个部分之后：残差连接与层归一化（05）"},
}
