/** Trained weights: from the bytes of a safetensors file to tensors. */

import { Tensor } from "./tensors.mjs";

const READERS = {
  F16: (bytes) => {
    const halves = new Uint16Array(bytes), numbers = new Float32Array(halves.length);
    for (let place = 0; place < halves.length; place++) numbers[place] = HALVES[halves[place]];
    return numbers;
  },
  F32: (bytes) => new Float32Array(bytes),
  I32: (bytes) => new Int32Array(bytes),
  I64: (bytes) => Float64Array.from(new BigInt64Array(bytes), Number),
};
const HALVES = Float32Array.from({ length: 65536 }, (_, bits) => halfPrecision(bits));

/**
 * Read a safetensors file. Numbers are all that such a file can hold.
 *
 * @param {ArrayBuffer} buffer the whole file
 * @returns {Object<string, Tensor>} by name; float16 as float32, which holds it exactly
 */
export function readSafetensors(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true)), start = 8 + length;
  const { __metadata__, ...entries } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  return Object.fromEntries(Object.entries(entries).map(([name, { dtype, shape, data_offsets: [from, to] }]) =>
    [name, new Tensor(READERS[dtype](buffer.slice(start + from, start + to)), shape)]));
}

/** The bytes that a page opened from disk carries as base64. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;
}

/** The tensors under a prefix, by the rest of their name: ("encoder.0.", …) -> {"norm.weight": …} */
export function under(prefix, tensors) {
  return Object.fromEntries(Object.entries(tensors).filter(([name]) => name.startsWith(prefix))
    .map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

/** The number that 16 bits stand for: 1 of sign, 5 of exponent, 10 of fraction (IEEE 754). */
function halfPrecision(bits) {
  const sign = bits & 0x8000 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024) : sign * 2 ** -24 * fraction;
}
