import { printYaml } from '../clients/kubectl/print/yaml/print-yaml.ts';
import { statusDocument } from '../clients/kubectl/raw/answer-path.ts';
import type { Refused } from '../contract/response.ts';
import type { JsonObject } from '../objects/json.ts';
import { type HttpCall, headerOf } from './http-call.ts';
import type { MediaType } from './media-types.ts';

/** An answer over HTTP as a whole. */
export interface WireAnswer {
  readonly code: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

export interface Encoding {
  readonly media: MediaType;
  readonly isPretty: boolean;
  /** The document as JSON in one line, where that is at hand. */
  readonly text?: (() => string) | undefined;
}

/** In JSON as Go's encoder ends it, or in YAML. */
export function documentAnswer(
  code: number,
  document: object,
  { media, isPretty, text }: Encoding,
  warnings: readonly string[] = [],
): WireAnswer {
  const isYaml = media.format === 'yaml';
  const json = (): string => (text && !isPretty ? `${text()}\n` : documentJson(document, isPretty));
  const body = isYaml ? printYaml(document as JsonObject) : json();
  const type = isYaml ? 'application/yaml' : typeOf(media);
  return {
    code,
    headers: {
      'content-type': type,
      ...(warnings.length > 0 && { warning: warnings.map(warningHeader) }),
    },
    body,
  };
}

/** Discovery says what it is in its type (apiserver: endpoints/discovery/aggregated/wrapper.go). */
function typeOf({ as, version = '' }: MediaType): string {
  return as === 'APIGroupDiscoveryList'
    ? `application/json;g=apidiscovery.k8s.io;v=${version};as=${as}`
    : 'application/json';
}

function documentJson(document: object, isPretty: boolean): string {
  return isPretty ? JSON.stringify(document, undefined, 2) : `${JSON.stringify(document)}\n`;
}

/** Prettily for people (apiserver: handlers/negotiation isPrettyPrint). */
export function isPrettyFor(call: HttpCall, pretty: string): boolean {
  if (pretty !== '') return pretty !== '0' && pretty.toLowerCase() !== 'false';
  return /^(?:curl|Wget|Mozilla\/5\.0)/.test(headerOf(call, 'user-agent'));
}

export function refusalAnswer({ status }: Refused, isPretty = false): WireAnswer {
  const seconds = status.details?.retryAfterSeconds;
  const answer = documentAnswer(status.code, statusDocument(status), {
    media: { format: 'json' },
    isPretty,
  });
  return seconds === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}

export function textAnswer(code: number, body: string): WireAnswer {
  return {
    code,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body,
  };
}

/** RFC 7234: `299 - "text"`; no header holds line ends or what is not ASCII. */
function warningHeader(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&');
  return `299 - "${plain}"`;
}
