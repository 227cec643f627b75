/** What a learner reads: sentences by key in the chosen language, and errors that say what to do. */

let tables = {}, chosen = "en";

/**
 * Give the module its sentences, and choose the language of everything it says.
 *
 * @param {Object<string, Object<string, string>>} strings by language ("en", "zh") and key; see helpers/page/data.py
 * @param {string} language
 */
export function speak(strings, language) {
  tables = strings;
  chosen = language;
}

/** The sentence `key` ("table.name") with its {fields} filled in; {{ and }} are braces. */
export function say(key, fields = {}) {
  const sentence = tables[chosen]?.[key] ?? tables.en?.[key];
  if (sentence === undefined) throw new Error(`no sentence ${key}`);
  return sentence.replace(/\{\{|\}\}|\{(\w+)\}/g, (found, name) => (name ? fields[name] : found[0]));
}

/** An error a learner can act on: one sentence in the chosen language. */
export class CourseError extends Error {
  constructor(key, fields = {}) {
    super(say(key, fields));
    this.name = "CourseError";
    this.key = key;
  }
}
