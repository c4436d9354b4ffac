/** MD5 of bytes, sixteen of them (RFC 1321). */
export function md5(bytes: readonly number[]): readonly number[] {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  const zeros = (119 - (bytes.length % 64)) % 64;
  const size = littleEndian([bytes.length * 8, Math.floor(bytes.length / 2 ** 29)]);
  const padded = [...bytes, 0x80, ...new Array<number>(zeros).fill(0), ...size];
  for (let at = 0; at < padded.length; at += 64) digestBlock(state, padded.slice(at, at + 64));
  return littleEndian(state);
}

function littleEndian(words: readonly number[]): number[] {
  return words.flatMap((word) => [0, 8, 16, 24].map((bits) => (word >>> bits) & 255));
}

/** How far each step of a round turns. */
const TURNS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];

/** Of the sine of each step, the first 32 bits behind the point. */
const SINES = [
  'd76aa478 e8c7b756 242070db c1bdceee f57c0faf 4787c62a a8304613 fd469501',
  '698098d8 8b44f7af ffff5bb1 895cd7be 6b901122 fd987193 a679438e 49b40821',
  'f61e2562 c040b340 265e5a51 e9b6c7aa d62f105d 02441453 d8a1e681 e7d3fbc8',
  '21e1cde6 c33707d6 f4d50d87 455a14ed a9e3e905 fcefa3f8 676f02d9 8d2a4c8a',
  'fffa3942 8771f681 6d9d6122 fde5380c a4beea44 4bdecfa9 f6bb4b60 bebfbc70',
  '289b7ec6 eaa127fa d4ef3085 04881d05 d9d4d039 e6db99e5 1fa27cf8 c4ac5665',
  'f4292244 432aff97 ab9423a7 fc93a039 655b59c3 8f0ccc92 ffeff47d 85845dd1',
  '6fa87e4f fe2ce6e0 a3014314 4e0811a1 f7537e82 bd3af235 2ad7d2bb eb86d391',
].flatMap((line) => line.split(' ').map((word) => Number.parseInt(word, 16) | 0));

function digestBlock(state: number[], block: readonly number[]): void {
  const words = Array.from({ length: 16 }, (_, index) =>
    [0, 1, 2, 3].reduce((word, byte) => word | ((block[index * 4 + byte] ?? 0) << (8 * byte)), 0),
  );
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 64; step++) {
    const round = Math.floor(step / 16);
    const { mixed, word } = mixture(round, step, [b, c, d]);
    const sum = (a + mixed + (SINES[step] ?? 0) + (words[word] ?? 0)) | 0;
    const bits = TURNS[round]?.[step % 4] ?? 0;
    [a, d, c, b] = [d, c, b, (b + ((sum << bits) | (sum >>> (32 - bits)))) | 0];
  }
  for (const [index, word] of [a, b, c, d].entries()) state[index] = ((state[index] ?? 0) + word) | 0;
}

/** What a round makes of three words, and which word of the block it adds. */
function mixture(
  round: number,
  step: number,
  [b, c, d]: readonly [number, number, number],
): { readonly mixed: number; readonly word: number } {
  switch (round) {
    case 0:
      return { mixed: (b & c) | (~b & d), word: step };
    case 1:
      return { mixed: (d & b) | (~d & c), word: (5 * step + 1) % 16 };
    case 2:
      return { mixed: b ^ c ^ d, word: (3 * step + 5) % 16 };
    default:
      return { mixed: c ^ (b | ~d), word: (7 * step) % 16 };
  }
}
