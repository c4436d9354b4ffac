import { decodeBytes, encodeBytes } from '../base64.ts';

export interface PemBlock {
  /** `CERTIFICATE REQUEST` */
  readonly type: string;
  readonly bytes: readonly number[];
}

/** Bytes as a block of PEM, 64 characters a line (RFC 7468). */
export function writePem({ type, bytes }: PemBlock): string {
  const lines = encodeBytes(bytes).replace(/.{64}(?!$)/g, '$&\n');
  return `-----BEGIN ${type}-----\n${lines}\n-----END ${type}-----\n`;
}

/** The blocks in a text, in their order; what stands around them is nothing. */
export function readPem(text: string): readonly PemBlock[] {
  const found = text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g);
  return [...found].flatMap(([, type = '', body = '']) => {
    const bytes = decodeBytes(body.replace(/\s/g, ''));
    return bytes === undefined ? [] : [{ type, bytes }];
  });
}
