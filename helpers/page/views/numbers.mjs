/** Numbers rounded and written as Python and numpy do it, so that both draw the same picture. */

/** The nearest whole number; of two the even one, as Python's `round` and numpy's `rint`. */
export function nearest(value) {
  const below = Math.floor(value), over = value - below;
  return over < 0.5 || (over === 0.5 && below % 2 === 0) ? below : below + 1;
}

/** A number with so many decimals, as Python's `f"{value:.2f}"`: an exact tie goes to the even digit. */
export function fixed(value, digits) {
  if (!Number.isFinite(value)) return value > 0 ? "inf" : value < 0 ? "-inf" : "nan";
  if (Object.is(value, -0)) return `-${fixed(0, digits)}`;
  const written = value.toFixed(digits);
  const isTie = Math.abs(value) * 2 ** (digits + 1) % 2 === 1;
  return isTie && written.at(-1) % 2 ? (value - Math.sign(value) / 4 / 10 ** digits).toFixed(digits) : written;
}

/** A number with so many significant digits, as Python's `f"{value:g}"`. */
export function general(value, digits = 6) {
  if (value === 0) return "0";
  const exponent = Number(value.toExponential(digits - 1).split("e")[1]);
  if (exponent >= -4 && exponent < digits) return String(Number(fixed(value, digits - 1 - exponent)));
  const mantissa = Number(value.toExponential(digits - 1).split("e")[0]);
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** Round as numpy does, by way of a product: 1.115 becomes 1.12. Never minus zero. */
export function rounded(value, digits = 4) {
  return Number.isFinite(value) ? nearest(value * 10 ** digits) / 10 ** digits + 0 : value;
}

/** Round as Python does, from the number's exact value: 1.115 becomes 1.11. Never minus zero. */
export function exactly(value, digits) {
  return Number.isFinite(value) ? Number(fixed(value, digits)) + 0 : value;
}

/** The sum of numbers, added in the order in which numpy adds a row: eight at a time, then by halves. */
export function sum(numbers) {
  const size = numbers.length;
  if (size < 8) return numbers.reduce((total, one) => total + one, 0);
  if (size > 128) {
    const half = (size >> 1) - (size >> 1) % 8;
    return sum(numbers.slice(0, half)) + sum(numbers.slice(half));
  }
  const lanes = [...numbers.slice(0, 8)], whole = size - size % 8;
  for (let place = 8; place < whole; place += 1) lanes[place % 8] += numbers[place];
  const [a, b, c, d, e, f, g, h] = lanes;
  return numbers.slice(whole).reduce((total, one) => total + one, ((a + b) + (c + d)) + ((e + f) + (g + h)));
}

/** The mean of numbers. */
export function mean(numbers) {
  return sum(numbers) / numbers.length;
}

/** Over how many places a row of weights spreads: exp of its entropy. */
export function spread(row) {
  return Math.exp(-sum(row.map((weight) => (weight > 0 ? weight * Math.log(weight) : 0))));
}

/** The number below which a share of all numbers lies, between two neighbours as numpy's `quantile`. */
export function quantile(numbers, share) {
  const sorted = Float64Array.from(numbers).sort(), place = (sorted.length - 1) * share, below = Math.floor(place);
  const low = sorted[below], high = sorted[Math.min(below + 1, sorted.length - 1)], over = place - below;
  return over < 0.5 ? low + (high - low) * over : high - (high - low) * (1 - over);
}

/** log2 of after ÷ before: what a probability gained, in bits; 0 where it never was above 0. */
export function gained(before, after) {
  return before || after ? Math.log2(after) - Math.log2(before) : 0;
}

/** The place of the largest number, the first of several. */
export function largest(numbers) {
  return numbers.reduce((best, number, place) => (number > numbers[best] ? place : best), 0);
}

/** The places of numbers, largest first; equal ones stay in order. */
export function descending(numbers) {
  return [...numbers.keys()].sort((one, other) => numbers[other] - numbers[one] || one - other);
}

/** The whole numbers from `start` up to, without, `end`. */
export function range(start, end) {
  return Array.from({ length: Math.max(end - start, 0) }, (_, step) => start + step);
}

/** The whole part of a written number in groups of three digits. */
export const thousands = (number) => String(number).replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
