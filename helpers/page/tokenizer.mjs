/**
 * From a learner's text to the tokens that the course models read, as tokenizer.json says it: special tokens first,
 * then the normaliser, words, and word pieces. Places in a text count characters (code points), as Python counts.
 */

import { CourseError, say } from "./text.mjs";

const MOST_CHARACTERS = 100_000, MOST_PIECES_NAMED = 10, MOST_SHOWN = 20;
// Python, Rust and Oniguruma agree on what is white; JavaScript's own \s holds U+FEFF and lacks U+0085
const WHITE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANK = new RegExp(`^[\\x1c-\\x1f${WHITE}]*$`, "u");
const BLANK_ENDS = new RegExp(`^[\\x1c-\\x1f${WHITE}]+|[\\x1c-\\x1f${WHITE}]+$`, "gu");
const NOT_WHITE = new RegExp(`[^${WHITE}]`, "u"), WHITE_END = new RegExp(`[${WHITE}]*$`, "u");
const JOINED = /[\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]/u;           // what makes one sign of several: 👨‍👩‍👧, 👍🏽
const INVISIBLE = /(?! )[\p{C}\p{Z}]/u;
const CHINESE = /[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}〇々]/u;

/** A special token that is no part of a BERT's text, as [CLS]: all but [MASK] and [UNK], which stand in for words. */
export const ADDED = /^\[(?!(?:MASK|UNK)\])[A-Z]+\]$/;

/** Whether a text holds a Chinese character. */
export function hasChinese(text) {
  return CHINESE.test(text);
}

/** How many characters a text has; half of a surrogate pair counts as one. */
export function nCharacters(text) {
  return [...text].length;
}

/**
 * The one or two sentences that there are; a blank second one counts as none.
 *
 * @param {string} sentenceA
 * @param {?string} sentenceB
 * @param {string} name what the learner calls the model
 * @param {number} limit how many tokens the model can hold
 * @returns {string[]}
 * @throws {CourseError} for what is not a text, a blank first sentence, or more than 100,000 characters
 */
export function cleanSentences(sentenceA, sentenceB, name, limit) {
  const sentences = [sentenceA, ...(sentenceB == null ? [] : [sentenceB])];
  for (const sentence of sentences) {
    if (typeof sentence !== "string") throw new CourseError("models.not_text", { got: `${typeof sentence} ${sentence}` });
  }
  if (BLANK.test(sentenceA)) throw new CourseError("models.blank");
  const n_characters = sentences.map(nCharacters).reduce((sum, n) => sum + n);
  if (n_characters > MOST_CHARACTERS) throw new CourseError("models.far_too_long", { name, n_characters, limit });
  return sentences.filter((sentence) => !BLANK.test(sentence)).map(wholeCharacters);
}

/** What `encode` returned, if the model holds it; {name, maxTokens} are the model's. */
export function fitting(encoded, { name, maxTokens: limit }) {
  const n_tokens = encoded.tokens.length;
  if (n_tokens > limit) throw new CourseError("models.too_long", { name, n_tokens, limit });
  return encoded;
}

/** A text with "?" for each half of a surrogate pair. */
export function wholeCharacters(text) {
  return text.replace(/\p{Surrogate}/gu, "?");
}

/** The halves of surrogate pairs in what was typed, and what they are read as. */
export function halves(...typed) {
  return new Map([...typed.join("").matchAll(/\p{Surrogate}/gu)].map(([half]) => [half, "?"]));
}

/** Say which characters are read as others: one sentence, or none. */
export function readAsNotices(pairs) {
  const shown = [...pairs].map(([character, form]) => `${visible(character)} → ${visible(form)}`);
  const named = [...shown.slice(0, MOST_PIECES_NAMED), ...(shown.length > MOST_PIECES_NAMED ? ["…"] : [])];
  return named.length ? [say("models.read_as", { pairs: named.join(say("models.read_as_joined")) })] : [];
}

/** What Unicode takes a character to stand for, NFKC; null where nothing needs to be said. */
function plainForm(character) {
  const form = character.normalize("NFKC");
  const isMark = /[\p{P}\p{Z}]/u.test(character) || /(?=\p{S})[\uff00-\uffef]/u.test(character);
  return isMark || bare(form) === bare(character) ? null : form;
}

/** A text without accents, capitals and blanks. */
function bare(text) {
  return [...text.normalize("NFD")].filter((one) => !/\p{Mn}/u.test(one) && !BLANK.test(one)).join("").toLowerCase();
}

/** A text without the blanks round it, as Python's `strip`. */
export function strip(text) {
  return text.replace(BLANK_ENDS, "");
}

/** Converts traditional to simplified characters by the tables of OpenCC: longest phrase first, else character. */
export class Simplifier {
  /** @param {{from: string, to: string, phrases: Object<string, string>}} table made by helpers/page/data.py */
  constructor({ from, to, phrases }) {
    const simplified = [...to];
    this.table = new Map([...from].map((character, place) => [character, simplified[place]]));
    for (const [phrase, simple] of Object.entries(phrases)) this.table.set(phrase, simple);
    this.lengths = [...new Set([...this.table.keys()].map(nCharacters))].sort((a, b) => b - a);
  }

  convert(text) {
    const characters = [...text], converted = [];
    for (let start = 0; start < characters.length;) {
      const known = (length) => this.table.has(characters.slice(start, start + length).join(""));
      const length = this.lengths.find(known) ?? 1, piece = characters.slice(start, start + length).join("");
      converted.push(this.table.get(piece) ?? piece);
      start += Math.min(length, characters.length - start);
    }
    return converted.join("");
  }

  /** The sentences converted, and a notice that says which characters were. */
  simplify(sentences) {
    const converted = sentences.map((sentence) => this.convert(sentence));
    if (converted.every((after, place) => after === sentences[place])) return [sentences, []];
    const changed = sentences.flatMap((before, place) =>
      replaced([...before], [...converted[place]]));
    return [converted, [say("models.converted", { characters: [...new Set(changed)].join(" ") })]];
  }
}

/** A text while it is normalised, and for each unit of it the place of the character it came from. */
class Normalised {
  constructor(text, places) {
    this.text = text;
    this.places = places;
  }

  slice(start, end) {
    return new Normalised(this.text.slice(start, end), this.places.slice(start, end));
  }

  /** The (start, end) in the learner's text of what stands from `start` to `end` here. */
  span(start, end) {
    return [this.places[start], this.places[end - 1] + 1];
  }
}

const NORMALISERS = {
  NFKC: () => nfkc,
  Strip: () => (normalised) => {
    const { text } = normalised, start = text.search(NOT_WHITE);
    return start < 0 ? normalised.slice(0, 0) : normalised.slice(start, text.search(WHITE_END));
  },
  Replace: ({ pattern, content }) => {
    const matched = regularExpression(pattern.Regex);              // one character, and `content` is one as well
    return ({ text, places }) => new Normalised(text.replace(matched, content), places);
  },
};

/** Unicode's form NFKC, run by run; where a run changes its length, its first character answers for what is new. */
function nfkc({ text }) {
  const characters = [...text], places = [];
  let normal = "";
  for (let start = 0, end; start < characters.length; start = end) {
    end = start + 1;
    while (end < characters.length && joins(characters.slice(start, end).join(""), characters[end])) end++;
    const run = [...characters.slice(start, end).join("").normalize("NFKC")];
    const composed = Math.max(0, end - start - run.length);
    run.forEach((character, rank) => {
      const place = rank ? Math.min(start + rank + composed, end - 1) : start;
      for (let unit = 0; unit < character.length; unit++) places.push(place);
    });
    normal += run.join("");
  }
  return new Normalised(normal, places);
}

/** Whether a character is normalised together with what stands before it. */
function joins(before, character) {
  if (character < "\u0300") return false;
  return /\p{M}/u.test(character)
    || (before + character).normalize("NFKC") !== before.normalize("NFKC") + character.normalize("NFKC");
}

/** A pattern of tokenizer.json, in Oniguruma's dialect, as JavaScript writes it. */
function regularExpression(pattern) {
  return new RegExp(pattern.replaceAll("\\p{Han}", "\\p{Script=Han}").replaceAll("[^\\s]", `[^${WHITE}]`)
    .replaceAll("\\s", `[${WHITE}]`).replace(/(?<!\[)\^/g, "(?<![^\\n])"), "gu");       // ^ begins every line
}

/** WordPiece with the normaliser, as the `tokenizers` library runs them. */
export class Tokenizer {
  /**
   * @param {Object} settings the content of tokenizer.json
   * @param {Simplifier} simplifier
   */
  constructor(settings, simplifier) {
    const { added_tokens: special, normalizer, pre_tokenizer, post_processor: { single, pair }, model } = settings;
    this.simplifier = simplifier;
    this.ids = new Map(Object.entries(model.vocab));
    this.tokens = [];
    for (const [token, id] of this.ids) this.tokens[id] = token;
    this.special = new RegExp(`(${special.map(({ content }) => content.replace(/[[\]]/g, "\\$&")).join("|")})`, "u");
    this.normalisers = normalizer.normalizers.map((step) => NORMALISERS[step.type](step));
    this.words = regularExpression(pre_tokenizer.pretokenizers.find(({ type }) => type === "Split").pattern.Regex);
    this.unknown = model.unk_token;
    this.forms = [single, pair];
    this.prefix = model.continuing_subword_prefix;
    this.longest = model.max_input_chars_per_word;
  }

  /** Cut one sentence into [{token, id, span}], nothing added. */
  cut(sentence) {
    const pieces = [];
    let start = 0;
    sentence.split(this.special).forEach((part, rank) => {
      const n = nCharacters(part);
      if (rank % 2) pieces.push({ token: part, id: this.ids.get(part), span: [start, start + n] });
      else for (const piece of this.cutOrdinary(part)) pieces.push(shifted(piece, start));
      start += n;
    });
    return pieces;
  }

  cutOrdinary(text) {
    const normalised = this.normalisers.reduce((so, step) => step(so), new Normalised(text, []));
    return [...normalised.text.matchAll(this.words)].flatMap(({ 0: word, index }) =>
      this.wordPieces(word).map(({ token, start, end }) =>
        ({ token, id: this.ids.get(token), span: normalised.span(index + start, index + end) })));
  }

  /** The longest pieces that the vocabulary holds, from the left; one unknown token where that fails. */
  wordPieces(word) {
    const characters = [...word], pieces = [], all = [{ token: this.unknown, start: 0, end: word.length }];
    if (characters.length > this.longest) return all;
    for (let first = 0, start = 0; first < characters.length;) {
      let last = characters.length, token, text;
      do {
        text = characters.slice(first, last--).join("");
        token = (first ? this.prefix : "") + text;
      } while (text && !this.ids.has(token));
      if (!text) return all;
      pieces.push({ token, start, end: start + text.length });
      start += text.length;
      first = last + 1;
    }
    return pieces;
  }

  /**
   * Cut one sentence or a pair into what the model reads: [CLS] A [SEP] or [CLS] A [SEP] B [SEP] of a BERT, <s> A of
   * a GPT.
   *
   * @param {string[]} given what `cleanSentences` returned
   * @param {string[]} typed the sentences as they were before
   * @returns {{tokens, tokenIds, segmentIds, sentenceBStart, spans, sentences, notices}} as in the model's record
   * @throws {CourseError} if a sentence holds nothing that the tokenizer sees
   */
  encode(given, typed = []) {
    const [sentences, converted] = this.simplifier.simplify(given), cut = sentences.map((sentence) => this.cut(sentence));
    if (cut.some((pieces) => !pieces.length)) throw new CourseError("models.blank");
    const mark = (token) => ({ token, id: this.ids.get(token), span: [0, 0] });
    const all = this.forms[cut.length - 1].flatMap(({ SpecialToken: special, Sequence: sequence }) =>
      (special ? [mark(special.id)] : cut["AB".indexOf(sequence.id)])
        .map((piece) => ({ ...piece, segment: (special ?? sequence).type_id })));
    return {
      tokens: all.map(({ token }) => token), tokenIds: all.map(({ id }) => id),
      segmentIds: all.map(({ segment }) => segment),
      sentenceBStart: cut.length > 1 ? all.findIndex(({ segment }) => segment) : null,
      spans: all.map(({ span }) => span), sentences,
      notices: [...converted, ...readAsNotices(new Map([...halves(...typed), ...this.changed(cut, sentences)])),
        ...this.unknownNotices(cut, sentences)],
    };
  }

  /** The characters that the normaliser replaces by their plain forms, and the forms, save what is wholly unknown. */
  changed(cut, sentences) {
    const known = cut.flatMap((tokens, segment) => {
      const characters = [...sentences[segment]];
      return tokens.filter(({ token }) => token !== this.unknown).flatMap(({ span }) => characters.slice(...span));
    });
    const pairs = [...new Set(known)].map((character) => [character, plainForm(character)]);
    return new Map(pairs.filter(([character, form]) => form !== null && bare(this.normalised(character)) === bare(form)));
  }

  normalised(text) {
    return this.normalisers.reduce((so, step) => step(so), new Normalised(text, [])).text;
  }

  /** Name what the vocabulary does not hold, in the learner's own characters: one sentence or none. */
  unknownNotices(cut, sentences) {
    const pieces = cut.flatMap((tokens, segment) => {
      const characters = [...sentences[segment]];
      const starts = new Set(tokens.map(({ span }) => span[0]));
      const spans = joined(tokens.filter(({ token }) => token === this.unknown).map(({ span }) => span), characters);
      return spans.map((span) => withMarks(characters, span, starts));
    });
    const named = [...new Set(pieces)].filter((piece) => piece !== this.unknown).map(visible);
    if (!named.length) return [];
    const more = named.length > MOST_PIECES_NAMED ? ["…"] : [];
    return [say("models.unknown", { unknown: this.unknown, pieces: [...named.slice(0, MOST_PIECES_NAMED), ...more].join(" ") })];
  }
}

/** Spans that touch and are one sign together, a family or a hand with a colour of skin, put together. */
function joined(spans, characters) {
  const found = [];
  for (const [start, end] of spans) {
    const last = found.at(-1), isOne = last?.[1] === start
      && (characters[start - 1] === "\u200d" || JOINED.test(characters[start]));
    if (isOne) last[1] = end;
    else found.push([start, end]);
  }
  return found;
}

function shifted({ token, id, span: [start, end] }, by) {
  return { token, id, span: [start + by, end + by] };
}

/** A long piece shortened; the code points of one that cannot be seen. */
function visible(piece) {
  const point = (character) => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const shown = [...(INVISIBLE.test(piece.replaceAll("\u200d", "") || piece) ? [...piece].map(point).join(" ") : piece)];
  return shown.slice(0, MOST_SHOWN).join("") + (shown.length > MOST_SHOWN ? "…" : "");
}

/** The characters that stand otherwise after a conversion that changes one for one. */
const replaced = (before, after) => before.filter((character, place) => character !== after[place]);

/** A piece of a sentence with the marks that belong to its last letter and to no other token, composed where possible. */
function withMarks(characters, [start, end], starts) {
  while (end < characters.length && !starts.has(end) && /^[\p{Mn}\p{Mc}\u1160-\u11ff]$/u.test(characters[end])) end += 1;
  return characters.slice(start, end).join("").normalize("NFC");
}

const UNCHANGED = { from: "", to: "", phrases: {} };

/** A tokenizer from what `page_data` of helpers/page/data.py returns; without `simplified`, no character is converted. */
export const readTokenizer = ({ tokenizer, simplified = UNCHANGED }) =>
  new Tokenizer(tokenizer, new Simplifier(simplified));
