/**
 * Bytes packed by runs alone, bit for bit as zlib packs them (strategy Z_RLE, memory level 9): a run of one byte is told
 * once, and the rest is left to Huffman's codes. So a picture made here is the picture that Python makes.
 *
 * Source: RFC 1950 and RFC 1951; where they leave a choice (which of two equal codes, where a block ends), what zlib does.
 */

const MOST_SYMBOLS = 32767, LEAST_RUN = 3, LONGEST_RUN = 258, END = 256, HEAP = 573;
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const LENGTH_BASE = LENGTH_EXTRA.map((_, code) => (code === 28 ? LONGEST_RUN
  : LENGTH_EXTRA.slice(0, code).reduce((sum, extra) => sum + 2 ** extra, LEAST_RUN)));
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15], REPEAT_EXTRA = [2, 3, 7];
const FIXED = Array.from({ length: 288 }, (_, code) => (code < 144 ? 8 : code < 256 ? 9 : code < 280 ? 7 : 8));
const LITERALS = { size: 286, most: 15, extra: (code) => LENGTH_EXTRA[code - END - 1] ?? 0, fixed: FIXED };
const DISTANCES = { size: 30, most: 15, extra: () => 0, fixed: Array(30).fill(5) };
const LENGTHS = { size: 19, most: 7, extra: (code) => REPEAT_EXTRA[code - 16] ?? 0, fixed: null };

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array} a zlib stream
 */
export function deflate(bytes) {
  const bits = new Bits(), symbols = symbolsOf(bytes);
  let at = 0, block;
  for (let start = 0; !block || block.length === MOST_SYMBOLS; start += MOST_SYMBOLS) {
    block = symbols.slice(start, start + MOST_SYMBOLS);
    const size = block.reduce((sum, { run }) => sum + (run ?? 1), 0);
    writeBlock(bits, block, bytes.subarray(at, at + size), block.length < MOST_SYMBOLS ? 1 : 0);
    at += size;
  }
  return Uint8Array.from([0x78, 0x01, ...bits.whole(), ...bigEndian(adler32(bytes))]);
}

/** 32 bits as four bytes, the highest first. */
export function bigEndian(number) {
  return [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
}

/** Bytes filled bit by bit, the lowest first. */
class Bits {
  bytes = [];
  filled = 0;

  write(value, n) {
    for (let bit = 0; bit < n; bit++, this.filled++) {
      if (this.filled % 8 === 0) this.bytes.push(0);
      this.bytes[this.bytes.length - 1] |= ((value >> bit) & 1) << (this.filled % 8);
    }
  }

  /** All bytes; the last is filled up. */
  whole() {
    this.filled = this.bytes.length * 8;
    return this.bytes;
  }
}

/** What is told: {code} of a byte that stands for itself, {code, run, value, extra} of a run of the byte before. */
function symbolsOf(bytes) {
  const symbols = [];
  for (let start = 0; start < bytes.length;) {
    let run = 0;
    while (start && run < LONGEST_RUN && bytes[start + run] === bytes[start - 1]) run++;
    symbols.push(run >= LEAST_RUN ? runSymbol(run) : { code: bytes[start] });
    start += run >= LEAST_RUN ? run : 1;
  }
  return symbols;
}

function runSymbol(run) {
  const code = LENGTH_BASE.findLastIndex((base) => base <= run);
  return { code: code + END + 1, run, value: run - LENGTH_BASE[code], extra: LENGTH_EXTRA[code] };
}

/** One block, in the shortest of three ways: as it is, with the fixed codes, or with codes of its own. */
function writeBlock(bits, symbols, bytes, isLast) {
  const literals = codesFor(counted(symbols.map(({ code }) => code), [END]), LITERALS);
  const distances = codesFor(counted(symbols.filter(({ run }) => run).map(() => 0)), DISTANCES);
  const told = [literals, distances].flatMap(({ lengths, last }) => repeats(lengths.slice(0, last + 1)));
  const codes = codesFor(counted(told.map(({ code }) => code)), LENGTHS);
  const n = Math.max(ORDER.findLastIndex((code) => codes.lengths[code]), 3) + 1;
  const own = (literals.bits + distances.bits + codes.bits + 3 * n + 14 + 10) >> 3;
  const fixed = (literals.fixedBits + distances.fixedBits + 10) >> 3;
  if (bytes.length + 4 <= Math.min(own, fixed)) return writeStored(bits, bytes, isLast);
  if (fixed <= own) {
    bits.write(2 + isLast, 3);
    return writeSymbols(bits, symbols, coded(FIXED), coded(DISTANCES.fixed));
  }
  bits.write(4 + isLast, 3);
  for (const [value, size] of [[literals.last - 256, 5], [distances.last, 5], [n - 4, 4]]) bits.write(value, size);
  for (const code of ORDER.slice(0, n)) bits.write(codes.lengths[code], 3);
  const words = coded(codes.lengths);
  for (const one of told) writeSymbol(bits, one, words);
  return writeSymbols(bits, symbols, coded(literals.lengths), coded(distances.lengths));
}

function writeStored(bits, bytes, isLast) {
  bits.write(isLast, 3);
  bits.whole();
  for (const half of [bytes.length, ~bytes.length]) bits.write(half & 0xffff, 16);
  for (const byte of bytes) bits.write(byte, 8);
}

function writeSymbols(bits, symbols, literals, distances) {
  for (const symbol of symbols) {
    writeSymbol(bits, symbol, literals);
    if (symbol.run) bits.write(...distances[0]);
  }
  bits.write(...literals[END]);
}

function writeSymbol(bits, { code, value = 0, extra = 0 }, words) {
  bits.write(...words[code]);
  bits.write(value, extra);
}

/** How often each code is used. */
function counted(codes, also = []) {
  const counts = [];
  for (const code of [...codes, ...also]) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** The lengths of codes as they are told: a length, or how often the last one (or none) comes again. */
function repeats(lengths) {
  const told = [];
  for (let start = 0, before = -1; start < lengths.length;) {
    const length = lengths[start], most = length === 0 ? 138 : length === before ? 6 : 7;
    let count = 1;
    while (count < most && lengths[start + count] === length) count++;
    start += count;
    const known = length === 0 || length === before, least = known ? 3 : 4;
    if (count < least) told.push(...Array.from({ length: count }, () => ({ code: length })));
    else if (length) told.push(...(known ? [] : [{ code: length }]), { code: 16, value: count - (known ? 3 : 4), extra: 2 });
    else if (count <= 10) told.push({ code: 17, value: count - 3, extra: 3 });
    else told.push({ code: 18, value: count - 11, extra: 7 });
    before = length;
  }
  return told;
}

/**
 * Huffman's codes for symbols that are used so often.
 *
 * @returns {Object} lengths by code, last: the greatest code used, bits and fixedBits: what all symbols take
 */
function codesFor(counts, { size, most, extra, fixed }) {
  const weights = Array.from({ length: size }, (_, code) => counts[code] ?? 0), real = [...weights];
  const used = [...weights.keys()].filter((code) => weights[code]);
  while (used.length < 2) {                                            // a tree needs two leaves
    const code = (used.at(-1) ?? -1) < 2 ? (used.at(-1) ?? -1) + 1 : 0;
    used.push(code);
    weights[code] = 1;
  }
  const last = Math.max(...used), lengths = limited(treeOf(weights, used), last, most);
  const price = (table) => real.reduce((sum, count, code) => sum + (count ? count * (table[code] + extra(code)) : 0), 0);
  const forced = used.filter((code) => !real[code]).reduce((sum, code) => sum + lengths[code] - 1, 0);
  return { lengths: lengths.slice(0, size), last, bits: price(lengths) + forced, fixedBits: fixed ? price(fixed) : 0 };
}

/** The nodes of Huffman's tree from the root down, each [number, parent]; leaves have the numbers of their codes. */
function treeOf(weights, used) {
  const depths = weights.map(() => 0), parents = [], order = [], heap = new Heap(used, (one, other) =>
    weights[one] < weights[other] || (weights[one] === weights[other] && depths[one] <= depths[other]));
  while (heap.items.length > 1) {
    const one = heap.take(), other = heap.items[0], node = weights.length;
    order.push(one, other);
    weights.push(weights[one] + weights[other]);
    depths.push(Math.max(depths[one], depths[other]) + 1);
    parents[one] = parents[other] = node;
    heap.replace(node);
  }
  order.push(heap.items[0]);
  return order.reverse().map((node) => [node, parents[node]]);
}

/** A heap as zlib keeps it: of two that are equal it takes the same one. */
class Heap {
  constructor(items, isBefore) {
    this.items = [...items];
    this.isBefore = isBefore;
    for (let place = (items.length >> 1) - 1; place >= 0; place--) this.sink(place);
  }

  sink(start) {
    const { items, isBefore } = this, item = items[start];
    let place = start;
    for (let child; (child = 2 * place + 1) < items.length; place = child) {
      if (child + 1 < items.length && isBefore(items[child + 1], items[child])) child++;
      if (isBefore(item, items[child])) break;
      items[place] = items[child];
    }
    items[place] = item;
  }

  take() {
    const [first] = this.items;
    this.replace(this.items.at(-1), this.items.pop());
    return first;
  }

  /** Put an item in the place of the first. */
  replace(item) {
    this.items[0] = item;
    this.sink(0);
  }
}

/** The length of each leaf's code, none longer than `most`. */
function limited(nodes, last, most) {
  const lengths = Array(HEAP).fill(0), counts = Array(most + 2).fill(0);
  let over = 0;
  for (const [node, parent] of nodes.slice(1)) {
    const length = lengths[parent] + 1;
    over += length > most;
    lengths[node] = Math.min(length, most);
    if (node <= last) counts[lengths[node]]++;
  }
  if (over) shorten(nodes.filter(([node]) => node <= last).map(([node]) => node), lengths, counts, { over, most });
  return lengths.map((length, node) => (node <= last ? length : 0));
}

/** Move leaves up the tree until none is too deep, and deal the lengths out again, the longest to the rarest. */
function shorten(leaves, lengths, counts, { over, most }) {
  for (let left = over; left > 0; left -= 2) {
    let length = most - 1;
    while (!counts[length]) length--;
    counts[length]--;
    counts[length + 1] += 2;
    counts[most]--;
  }
  for (let length = most; length > 0; length--) {
    for (let n = counts[length]; n > 0; n--) lengths[leaves.pop()] = length;
  }
}

/** The [bits, length] that each code is written with, by the lengths alone (RFC 1951, section 3.2.2). */
function coded(lengths) {
  const words = [];
  for (let length = 1, next = 0; length <= 15; length++, next *= 2) {
    lengths.forEach((one, code) => { if (one === length) words[code] = [reversed(next++, length), length]; });
  }
  return words;
}

function reversed(value, n) {
  return Array.from({ length: n }, (_, bit) => ((value >> bit) & 1) << (n - 1 - bit)).reduce((sum, bit) => sum + bit, 0);
}

/** The check sum of RFC 1950. */
function adler32(bytes) {
  let low = 1, high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return high * 65536 + low;
}
