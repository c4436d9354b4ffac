import { decodeBase64, encodeBase64, encodeBytes } from '../base64.ts';
import { isObject, type JsonObject } from '../json.ts';
import { drawn } from './rsa-key.ts';

/** A bearer token with its claims (RFC 7519); signed as certificates are, by a stand-in. */
export function writeToken(claims: object, secret: string): string {
  const head = urlSafe(encodeBase64(JSON.stringify({ alg: 'RS256', kid: keyIdOf(secret) })));
  const body = `${head}.${urlSafe(encodeBase64(JSON.stringify(claims)))}`;
  return `${body}.${signatureOf(body, secret)}`;
}

/** The key by which tokens are said to be signed, as others look for it (RFC 7517). */
export function keyOf(secret: string): object {
  const modulus = drawn(`${secret} modulus`, 256);
  modulus[0] = (modulus[0] ?? 0) | 0x80;
  const n = urlSafe(encodeBytes(modulus));
  return { use: 'sig', kty: 'RSA', kid: keyIdOf(secret), alg: 'RS256', n, e: 'AQAB' };
}

function keyIdOf(secret: string): string {
  return urlSafe(encodeBytes(drawn(`${secret} key`, 32)));
}

/** The claims of a token that bears this signature; undefined for any other text. */
export function readToken(token: string, secret: string): JsonObject | undefined {
  const [head = '', payload = '', signature] = token.split('.');
  if (signature !== signatureOf(`${head}.${payload}`, secret)) return undefined;
  const text = decodeBase64(plain(payload));
  const claims: unknown = text === undefined ? undefined : JSON.parse(text);
  return isObject(claims) ? (claims as JsonObject) : undefined;
}

function signatureOf(body: string, secret: string): string {
  return urlSafe(encodeBytes(drawn(`${secret} signs ${body}`, 256)));
}

function urlSafe(base64: string): string {
  return base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function plain(urlSafeText: string): string {
  const text = urlSafeText.replace(/-/g, '+').replace(/_/g, '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}
