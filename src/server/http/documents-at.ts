import { createHash } from 'node:crypto';
import { encodeOpenapi2 } from '../../cluster/wire/openapi/encode-openapi2.ts';
import { openapi2, openapi3, openapi3Index } from '../../cluster/wire/openapi/openapi-document.ts';
import { textAnswer, type WireAnswer } from '../../cluster/wire/wire-answer.ts';
import type { WireServer } from '../../cluster/wire/wire-server.ts';

export interface AskedPath {
  readonly server: WireServer;
  readonly parts: readonly string[];
  readonly accept: string;
}

/** Documents that are made once and asked for often, and what the server tells of itself. */
export function documentsAt(metrics: () => string, asked: AskedPath): WireAnswer | undefined {
  const [first, second] = asked.parts;
  if (first === 'metrics' && asked.parts.length === 1) {
    const answer = textAnswer(200, metrics());
    const type = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
    return { ...answer, headers: { ...answer.headers, 'content-type': type } };
  }
  if (first !== 'openapi') return undefined;
  if (second === 'v2' && asked.parts.length === 2) return document2(asked);
  return second === 'v3' ? document3(asked) : undefined;
}

// Asked for with an `@`, which is no character of a media type (kube-openapi: handler/handler.go).
const PROTOBUF = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** kubectl up to 1.26 reads it in protobuf alone. */
function document2({ server, accept }: AskedPath): WireAnswer {
  const { served, version } = server;
  const isBinary = accept.includes('proto-openapi.spec.v2');
  const made = remembered(served, isBinary ? 'v2 protobuf' : 'v2', () => {
    const document = openapi2(served, version);
    return isBinary ? Buffer.from(encodeOpenapi2(document)) : JSON.stringify(document);
  });
  return answerOf(made, isBinary ? PROTOBUF : 'application/json');
}

function document3({ server, parts }: AskedPath): WireAnswer | undefined {
  const { served, version } = server;
  const place = parts.slice(2).join('/');
  const made = remembered(served, `v3 ${place}`, () => {
    const document = place === '' ? openapi3Index(served) : openapi3(served, place, version);
    return document === undefined ? '' : JSON.stringify(document);
  });
  return made === '' ? undefined : answerOf(made, 'application/json');
}

function answerOf(body: string | Uint8Array, type: string): WireAnswer {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32).toUpperCase()}"`;
  return { code: 200, headers: { 'content-type': type, etag, vary: 'Accept' }, body };
}

type Made = string | Uint8Array;

// What is served is the very same list for as long as no definition changes.
const known = new WeakMap<object, Map<string, Made>>();

function remembered(served: object, name: string, make: () => Made): Made {
  const documents = known.get(served) ?? new Map<string, Made>();
  known.set(served, documents);
  const made = documents.get(name) ?? make();
  documents.set(name, made);
  return made;
}
