import { Writable } from 'node:stream';

/** Keeps what is written to it. */
export interface Sink {
  readonly stream: Writable;
  text(): string;
}

export function sink(): Sink {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(pieces).toString() };
}
