/** Colours, sizes of text and rules of every picture: those of the Python views, handed over when a page is built. */

export const TITLE = 16, TEXT = 13, SMALL = 11.5, NUMBER = 11, LEVELS = 10;

let theme = { colours: [], positive: "", negative: "", styles: {}, touch: {}, wide: [] };

/**
 * Dress all pictures.
 *
 * @param {Object} given as `page_theme()` gives it: the colours of heads and of numbers above and below 0, the `<style>`
 *   elements of each kind of view, and the ranges of characters that fill two cells
 */
export function dress(given) {
  theme = given;
}

/** The `<style>` element of a kind of view. */
export const style = (kind) => theme.styles[kind];

/** The `<style>` element of what answers hover and focus in a kind of view. */
export const touchStyle = (kind) => theme.touch[kind];

/** The colour of a head, the same in every view; colours return after the last. */
export const headColour = (head) => theme.colours[head % theme.colours.length];

/** The colours of numbers above and below 0. */
export const positiveColour = () => theme.positive;
export const negativeColour = () => theme.negative;

/** The colour of what comes after a change. */
export const afterColour = negativeColour;

/** The class that gives `head` its colour. */
export const headClass = (head) => `h${head % theme.colours.length}`;

/** Whether a character fills two cells. */
export function isWide(code) {
  let low = 0, high = theme.wide.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (theme.wide[middle][1] < code) low = middle + 1; else high = middle;
  }
  return low < theme.wide.length && theme.wide[low][0] <= code;
}
