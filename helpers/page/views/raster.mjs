/** Tiny pictures made of cells: a PNG of at most 16 colours, placed in an SVG and drawn with sharp edges. */

import { bigEndian, deflate } from "./deflate.mjs";
import { nearest } from "./numbers.mjs";
import { number } from "./svg.mjs";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], NONE = 0, UP = 2;
const CHECKS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let check = byte;
  for (let bit = 0; bit < 8; bit++) check = check & 1 ? (check >>> 1) ^ 0xedb88320 : check >>> 1;
  return check;
});

/** `steps` shades of a colour "#rrggbb", [red, green, blue, opacity], from faint to full. */
export function shades(colour, steps) {
  const parts = [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16));
  return Array.from({ length: steps }, (_, step) => [...parts, nearest(255 * (step + 1) / steps)]);
}

/**
 * An `<image>` that shows cells.
 *
 * @param {number} x
 * @param {number} y
 * @param {number[]} size [width, height]
 * @param {number[][]} cells [row][column]: 0 is transparent, i is colour i - 1 of the palette
 * @param {number[][]} palette at most 15 colours with their opacity
 */
export function raster(x, y, size, cells, palette) {
  const [width, height] = size.map(number), data = btoa(String.fromCharCode(...png(cells, palette)));
  return `<image class="pix" x="${number(x)}" y="${number(y)}" width="${width}" height="${height}" `
    + `preserveAspectRatio="none" href="data:image/png;base64,${data}"/>`;
}

/** A PNG with one pixel a cell, four bits a pixel (PNG specification, third edition, sections 4, 9 and 11). */
function png(cells, palette) {
  const colours = [[0, 0, 0, 0], ...palette], rows = cells.map(pairs);
  const lines = [rows.map((row) => [NONE, ...row]), rows.map((row, place) =>
    [UP, ...row.map((byte, column) => (byte - (rows[place - 1]?.[column] ?? 0)) & 255)])];
  const [plain, differences] = lines.map((one) => deflate(Uint8Array.from(one.flat())));
  const data = differences.length < plain.length ? differences : plain;
  return [...SIGNATURE,
    ...chunk("IHDR", [...bigEndian(cells[0].length), ...bigEndian(cells.length), 4, 3, 0, 0, 0]),
    ...chunk("PLTE", colours.flatMap((colour) => colour.slice(0, 3))),
    ...chunk("tRNS", colours.map((colour) => colour[3])), ...chunk("IDAT", data), ...chunk("IEND", [])];
}

/** Two cells a byte. */
function pairs(row) {
  return Array.from({ length: Math.ceil(row.length / 2) }, (_, byte) => row[2 * byte] * 16 + (row[2 * byte + 1] ?? 0));
}

function chunk(name, data) {
  const content = [...[...name].map((letter) => letter.charCodeAt(0)), ...data];
  return [...bigEndian(data.length), ...content, ...bigEndian(crc32(content))];
}

function crc32(bytes) {
  return ~bytes.reduce((check, byte) => CHECKS[(check ^ byte) & 255] ^ (check >>> 8), 0xffffffff) >>> 0;
}
