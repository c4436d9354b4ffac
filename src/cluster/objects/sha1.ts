/** SHA-1 of bytes, twenty of them (FIPS 180-4). */
export function sha1(bytes: readonly number[]): readonly number[] {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const zeros = (119 - (bytes.length % 64)) % 64;
  const length = BigInt(bytes.length * 8);
  const size = Array.from({ length: 8 }, (_, index) => Number((length >> BigInt(56 - 8 * index)) & 255n));
  const padded = [...bytes, 0x80, ...new Array<number>(zeros).fill(0), ...size];
  for (let at = 0; at < padded.length; at += 64) digestBlock(state, padded.slice(at, at + 64));
  return state.flatMap((word) => [24, 16, 8, 0].map((bits) => (word >>> bits) & 255));
}

function digestBlock(state: number[], block: readonly number[]): void {
  const words = scheduleOf(block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (const [round, word] of words.entries()) {
    const [mixed, constant] = mixture(Math.floor(round / 20), b, c, d);
    const next = (turned(a, 5) + mixed + e + constant + word) | 0;
    [e, d, c, b, a] = [d, c, turned(b, 30), a, next];
  }
  for (const [index, word] of [a, b, c, d, e].entries()) state[index] = ((state[index] ?? 0) + word) | 0;
}

function mixture(quarter: number, b: number, c: number, d: number): readonly [number, number] {
  switch (quarter) {
    case 0:
      return [(b & c) | (~b & d), 0x5a827999];
    case 1:
      return [b ^ c ^ d, 0x6ed9eba1];
    case 2:
      return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
    default:
      return [b ^ c ^ d, 0xca62c1d6];
  }
}

function scheduleOf(block: readonly number[]): readonly number[] {
  const words: number[] = [];
  for (let at = 0; at < 64; at += 4)
    words.push(
      ((block[at] ?? 0) << 24) |
        ((block[at + 1] ?? 0) << 16) |
        ((block[at + 2] ?? 0) << 8) |
        (block[at + 3] ?? 0),
    );
  for (let at = 16; at < 80; at += 1) {
    const mixed = (words[at - 3] ?? 0) ^ (words[at - 8] ?? 0) ^ (words[at - 14] ?? 0) ^ (words[at - 16] ?? 0);
    words.push(turned(mixed, 1));
  }
  return words;
}

function turned(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
