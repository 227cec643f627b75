/** Python's `random.Random(seed)`: the same seed draws the same numbers here and there. */

/** The Mersenne Twister (Matsumoto & Nishimura 1998) as Python seeds and reads it. */
export class Random {
  /** @param {number} seed a whole number from 0 to Number.MAX_SAFE_INTEGER */
  constructor(seed) {
    this.state = new Uint32Array(624);
    this.place = 624;
    this.seed(seed >= 2 ** 32 ? [seed % 2 ** 32, Math.floor(seed / 2 ** 32)] : [seed]);
  }

  /** `init_by_array` of the authors' reference code. */
  seed(words) {
    const state = this.state;
    const mixed = (i, factor) => Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), factor);
    state[0] = 19650218;
    for (let i = 1; i < 624; i++) state[i] = mixed(i, 1812433253) + i;
    let i = 1;
    const next = () => { if (++i === 624) { state[0] = state[623]; i = 1; } };
    for (let k = 0; k < 624; k++, next()) {
      state[i] = (state[i] ^ mixed(i, 1664525)) + words[k % words.length] + k % words.length;
    }
    for (let k = 0; k < 623; k++, next()) state[i] = (state[i] ^ mixed(i, 1566083941)) - i;
    state[0] = 0x80000000;
  }

  /** A number in [0, 1) of 53 random bits. */
  random() {
    return ((this.word() >>> 5) * 2 ** 26 + (this.word() >>> 6)) / 2 ** 53;
  }

  word() {
    if (this.place === 624) this.twist();
    let word = this.state[this.place++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  twist() {
    const state = this.state;
    for (let i = 0; i < 624; i++) {
      const joined = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
      state[i] = state[(i + 397) % 624] ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    this.place = 0;
  }
}
