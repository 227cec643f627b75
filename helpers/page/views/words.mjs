/** What the pictures say: sentences with gaps, from the tables of the Python package. */

let sentences = {};

/**
 * Choose the language of everything the pictures say.
 *
 * @param {Object<string, string>} words sentences by "table.name", as `page_words(language)` gives them
 */
export function speak(words) {
  sentences = words;
}

/** The sentence `key` with its {gaps} filled in. */
export function say(key, fields = {}) {
  if (!(key in sentences)) throw new Error(`no sentence ${key}`);
  return sentences[key].replace(/\{(\w+)\}/g, (_, name) => fields[name]);
}
