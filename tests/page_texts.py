"""Texts on which the page and the Python package must agree: everyday ones, pairs, and the list of bad input."""

ENGLISH = """I am a student.|The dog ran.|The cat sat on the mat.|Tom likes tea.|I [MASK] you.|She doesn't want to go home.
The animal didn't cross the street because it was too tired.|The animal didn't cross the street because it was too wide.
Where is the station?|It's half past seven.|I paid 35 dollars for 2.5 kilos.|On May 7, 1941, he left for Boston.
"Come in," she said. "The door is open."|My brothers' room is small.|We have 1,000 books and 24 chairs.|He said: “The end.”
Please open the window.|What time does the train leave?|It rained all day.|Mary is taller than her sister.
I have never been to Japan.|Don't forget your umbrella!|Can you help me?|He works in a hospital in London.
The children are playing in the garden.|Tom’s father is a doctor.|Nobody knows the answer.|A penny saved is a penny earned.
THE END|I|the|O'Brien and the well-known state-of-the-art e-mail|He arrived at 7:30 p.m. on the 2nd.|1/2 of 50% is 1/4.
America is large. Australia is far. Apples are red. And so on.|Why? Because! OK.|She asked, "Are you sure?" "Yes."
Japanese food is good.|Monday is the [MASK] day of the week.|You [MASK] me and I [MASK] you.|[MASK]
The [MASK] sat on the mat.|Good morning. [MASK] are you?|Antidisestablishmentarianism is a long word.|naïve café résumé
Hello    world|tabs\there|two\nlines\nThe second""".replace("\n", "|").replace("two|lines|The", "two\nlines\nThe")

CHINESE = """我是学生。|今天天气很[MASK]。|我喜欢喝茶。|他昨天没有来。|你叫什么名字？|火车几点开？|我[MASK]你。|她在医院工作。|汤姆是医生。
孩子们在花园里玩。|请把窗户打开。|我从来没有去过日本。|别忘了带伞！|这本书多少钱？|三十五块钱。|今年是2024年5月7日。|他比我高。|没有人知道答案。
好不好？燕子，你要开心，你要幸福，好不好？|开心啊，幸福。你的世界以后没有我了，没关系，你要自己幸福。|动物没有过马路，因为它太累了。
动物没有过马路，因为它太宽了。|雨下了一整天。|“进来。”她说。|我们有一千本书。|你能帮我吗？|北京是中国的首都。|上海很[MASK]。|一二三四五六七
我买了iPhone和3个apple。|我在Tom家吃饭。|《红楼梦》是一本好书。|他说：“好的……”|半角,标点.也行!|ＡＢＣ全角１２３|中文 有 空格|好|的的的的
他的[MASK]亲是老师。|我想喝一杯[MASK]。|春天来了，花都开了。|时间就是金钱。|我不知道他为什么生气。|妈妈做的饭很好吃。|你去哪儿？|我们明天见。""".replace("\n", "|")

TRADITIONAL = """我是學生。|以後我們去圖書館。|皇后在後面。|乾坤|乾淨的衣服|瀏覽網頁|頭髮發白|覆蓋與答覆|慰藉|憑藉|台灣的氣候|裏面|這裡|鐘錶|著作|看著他|瞭解一下
於是，於夫羅|乾隆皇帝|餘年|麵包和面子|龍鳳呈祥|[MASK]後天氣很好|憂鬱的臺灣烏龜|a後b|豈有此理""".replace("\n", "|")

BAD = (
    "", " ", "\t\n", "\u3000", "\x1c", "\x85", "\u200b", "\ufeff", "。", "?!?!...", "，，，", "😀", "I like 😀 tea 🍵", "👨‍👩‍👧‍👦", "🏳️‍🌈!",
    "e\u0301", "a\u0323\u0301 x", "Z\u0351\u036b\u0343\u036aa\u0302l\u0306g\u0310o", "مرحبا بالعالم", "שלום עולם", "こんにちは", "カタカナ ｶﾞ",
    "안녕하세요", "한", "Привет, мир", "Ελληνικά Σ", "½ cup", "ﬁne ﬂow", "①②③ Ⅳ", "㍿", "x²", "</script><img onerror=alert(1)>", "[SEP]",
    "a [SEP] b", "[CLS] x [PAD]", "[UNK] [UNK]", "<2zh> hi <2en>", "[mask]", "［MASK］ 好", "[ MASK ]", "(mask) is here", "【ｍａｓｋ】",
    "a\x00b", "a\x07\x1bb", "\x1cThe dog\x1c", "x\x85The end", "a\u2028The b\u2029c", "\rThe dog\rThe cat", "\ud800", "a\udc00 好",
    "ok \ud83d", "\u202eabc\u202c", "soft\u00adhyphen", "non\u00a0breaking", "a\u180eb", "𠮷野家", "𝒜𝓁𝒾𝒸ℯ", "𠀀𠀁 𰻝", "豈更車", "﷽", "\ue000", "\U0010ffff",
    "a" * 41, "a" * 40, "a" * 5000, "好" * 5000, "好" * 126, "好" * 127, "hello " * 30, "the " * 200, "?" * 500, "茶" * 100_001,
    "'", "''", "'tis", "rock 'n' roll", "don''t", '"', '"A', '""A', "A", "Abc", "ABc", ".A", ". A", "! \"A", "Chinese. China. Cat. CEO. C", "0" * 50,
    "№ 5", "㈱好", "2℃", "３ ＡＢ", "（好）～￥…", "ª º", "㎏ ㏒ ™ ℡", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒", "ǆ Å Ω K", "´ ¨ ˜", "ⓐⓑ ⅓", "ſo", "𝐓he", "ſ\ud800ﬁ",
)

PAIRS = (
    ("好不好?燕子,你要开心,你要幸福,好不好?", "开心啊,幸福。你的世界以后没有我了,没关系,你要自己幸福。"), ("I am a student.", "She is a teacher."),
    ("你好。", "Hello."), ("I like tea.", ""), ("I like tea.", "  "), ("", "I like tea."), ("a [SEP] b", "c"), ("學生", "老師"),
    ("I [MASK] tea.", "You [MASK] coffee."), ("😀", "🍵"), ("x", "\u200b"), ("好" * 70, "好" * 70), ("The dog", "The cat"), ("你", "\ud800"),
)

EVERYDAY = {
    "en": """Breakfast is ready.|I lost my keys.|Where did you buy this bread?|My phone is new.|It is very cold today.|Let's go home.
Please call me tomorrow.|The bus is late again.|Do you want some water?|She has two brothers and a sister.|I don't like coffee.
He is reading a newspaper.|We are going to the market.|The baby is asleep.|Can I pay by card?|Her birthday is in June.|I am hungry.
Turn off the light.|This soup is too hot.|What are you looking for?|They live near the river.|I forgot his name.|It's raining.
The shop opens at nine.|My father works at night.|You look tired.|Thank you for your help.|I need a doctor.|The dog is under the table.
How much is this shirt?|He speaks three languages.|We had a good time.|The window is broken.|I'll be back in ten minutes.|Is this seat free?
She plays the piano every day.|The river is deep.|I can't find my glasses.|Who wrote this letter?|It's not my fault.|Wait for me!
The children went to bed early.|I have an idea.|Our teacher is ill today.|He came by train.|The cake was delicious.|Are you ready?
I want to learn Chinese.|The old man told us a story.|Nobody answered the phone.|She bought a red car yesterday.|Where are you going?
That is a good question.|You should see a doctor.|I've never seen snow.|My sister is a nurse.|The moon is bright tonight.""",
    "zh": """早饭好了。|我的钥匙丢了。|这面包你在哪儿买的？|我的手机是新的。|今天很冷。|我们回家吧。|明天请给我打电话。|公共汽车又晚了。|你想喝水吗？
她有两个哥哥和一个妹妹。|我不喜欢咖啡。|他在看报纸。|我们要去市场。|孩子睡着了。|可以刷卡吗？|她的生日在六月。|我饿了。|把灯关了。
这汤太烫了。|你在找什么？|他们住在河边。|我忘了他的名字。|下雨了。|商店九点开门。|我父亲晚上工作。|你看起来很累。|谢谢你的帮助。|我要看医生。
狗在桌子下面。|这件衬衫多少钱？|他会说三种语言。|我们玩得很开心。|窗户破了。|我十分钟后回来。|这个座位有人吗？|她每天弹钢琴。|这条河很深。
我找不到我的眼镜。|这封信是谁写的？|这不是我的错。|等等我！|孩子们很早就睡了。|我有一个主意。|我们的老师今天病了。|他坐火车来的。|蛋糕很好吃。
你准备好了吗？|我想学英语。|老人给我们讲了一个故事。|没有人接电话。|她昨天买了一辆红色的车。|这是一个好问题。|你应该去看医生。|我从来没见过雪。
我姐姐是护士。|今晚的月亮很亮。|你今天晚上想吃什么？|外面有人在敲门。|猫喜欢吃鱼。|他的办公室在三楼。|请说慢一点。|学校离我家不远。""",
}
"""Sentences that a translator is given besides, by the language they are in."""

TRANSLATED = tuple(text for ours, also in (("en", ENGLISH), ("zh", CHINESE))
                   for text in (*also.split("|"), *EVERYDAY[ours].replace("\n", "|").split("|")))
"""What the translator must translate alike; what is bad or traditional comes on top."""

SINGLE = (*ENGLISH.split("|"), *CHINESE.split("|"), *TRADITIONAL.split("|"), *BAD)
TEXTS = (*((text, None) for text in SINGLE), *PAIRS)
