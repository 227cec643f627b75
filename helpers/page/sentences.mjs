/** From written tokens to a sentence as one would print it, in Chinese and in English. */

const HAN = "\u3400-\u9fff\uf900-\ufaff";
const MARKS = { ",": "，", ".": "。", "?": "？", "!": "！", ":": "：", ";": "；", "(": "（", ")": "）" };
const FULL = Object.values(MARKS).join("") + "、《》「」“”‘’…—";
const WORD = "\\p{L}\\p{N}_", DIGIT = "\\p{Nd}";

const NUMBERS = [
  [`(?<=${DIGIT}) (?=${DIGIT})`, ""],                                          // digits are tokens of their own
  [`(?<=${DIGIT}) ([:.\\/]) (?=${DIGIT})`, "$1"],                              // 7:30, 2.5, 1/2
  [`(?<!${DIGIT})(${DIGIT}{1,3}) , (?=${DIGIT}{3}(?!${DIGIT}))`, "$1,"],       // 1,000, but May 7, 1941
  [`(?<=[${DIGIT})]) %`, "%"],
  [`([$£€¥#]) (?=${DIGIT})`, "$1"],
];
const WORDS = [
  [`(?<=[${WORD}]) ([\\-\\/]) (?=[${WORD}])`, "$1"],
  [`(?<=${DIGIT}) (?=(?:st|nd|rd|th|s)(?![${WORD}]))`, ""],                    // 2nd, 1990s
  ["(?<=s) '(?= |$)", "'"],                                                    // the boys' room
];
const ENGLISH = [
  ...NUMBERS, ...WORDS,
  ['" ([^"]*?) "', '"$1"'],
  [" +(?=[,.;:?!)\\]…])", ""],
  ["(?<=[(\\[]) ", ""],
  [`(?<![${WORD}])([ap])\\. m(?![${WORD}])`, "$1.m"],
];
const CHINESE = [
  ...NUMBERS, ...WORDS,
  [`(?<!${DIGIT})[,.:](?!${DIGIT})|[?!;()]|(?<=${DIGIT})[,.:](?!${DIGIT})|(?<!${DIGIT})[,.:](?=${DIGIT})`,
    (mark) => MARKS[mark]],
  ["。 ?。 ?。(?: ?。)*", "……"],
  ['"([^"]*)"', "“$1”"],
  ["(?<![A-Za-z])'([^']*)'", "‘$1’"],
  [` *([${HAN}${FULL}]) *`, "$1"],
];
const SENTENCE_START = `(?:^[^${WORD}\\[]*|(?<![ap]\\.m)(?:\\.["']?|[?!]) ["']?|[,:] "|[。？！：]“?)[a-z]`;
const RULES = { zh: compiled(CHINESE), en: compiled(ENGLISH) }, START = new RegExp(SENTENCE_START, "gu");

function compiled(rules) {
  return rules.map(([pattern, replacement]) => [new RegExp(pattern, "gu"), replacement]);
}

/**
 * The tokens of the course translator as a sentence.
 *
 * @param {string[]} tokens word pieces (## continues a word), single Chinese characters, digits and marks
 * @param {"zh"|"en"} target the language they are in
 */
export function sentence(tokens, target) {
  const joined = tokens.join(" ").replaceAll(" ##", "");
  const text = RULES[target].reduce((so, [pattern, replacement]) => so.replace(pattern, replacement), joined);
  return text.replace(START, (start) => start.toUpperCase());
}
