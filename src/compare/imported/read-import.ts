import { isObject } from '../../cluster/objects/json.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { readManifest } from '../../cluster/objects/manifest/read-manifest.ts';
import { type AuditedRequest, auditedRequest } from './audit-event.ts';
import type { ImportedChange } from './imported-change.ts';
import { createDocumentReader } from './json-documents.ts';
import { MessagePackError, readMessagePack } from './read-msgpack.ts';
import { isSimkubeTrace, simkubeChanges } from './simkube-trace.ts';

/** What files of a real cluster's past say. */
export interface Imported {
  /** Objects that were there at the beginning. */
  readonly found: readonly KubeObject[];
  /** In the order in which they were told, a list for each file. */
  readonly changes: readonly (readonly ImportedChange[])[];
  readonly requests: readonly AuditedRequest[];
  /** What could not be read, in words, with its file and line. */
  readonly damage: readonly string[];
  /** How much of what was left out, in words. */
  readonly left: readonly string[];
}

export interface ImportReader {
  /** A file of JSON, line by line; what ends it. */
  file(name: string): { line(text: string): void; end(): void };
  /** A trace of SimKube as it is written, in MessagePack. */
  bytes(name: string, bytes: Uint8Array): void;
  /** A dump in YAML, as a whole. */
  yaml(name: string, text: string): void;
  finish(): Imported;
}

/** Reads watches, lists and audits, in whichever order they come. */
export function createImportReader(): ImportReader {
  const found: KubeObject[] = [];
  const changes: ImportedChange[][] = [];
  const requests: AuditedRequest[] = [];
  const damage: string[] = [];
  const left = new Map<string, number>();
  const leave = (what: string): void => void left.set(what, (left.get(what) ?? 0) + 1);
  return {
    file(name) {
      const own: ImportedChange[] = [];
      changes.push(own);
      let isListing = true;
      const take = (value: unknown): string | undefined => {
        if (!isObject(value)) return NOTHING_KNOWN;
        if ('object' in value && 'type' in value) {
          if (value['type'] !== 'ADDED') isListing = false;
          return takeChange(value, isListing ? { found } : { changes: own });
        }
        if (isSimkubeTrace(value)) return takeTrace(value, own);
        if (isAudit(value)) return takeAudit(value, { requests, leave });
        return takeObjects(value, found);
      };
      const reader = createDocumentReader({
        document({ line, value }) {
          const reason = take(value);
          if (reason !== undefined) damage.push(`${name}:${line}: ${reason}`);
        },
        damage: (line, reason) => void damage.push(`${name}:${line}: ${reason}`),
      });
      return { line: reader.line, end: reader.finish };
    },
    bytes(name, bytes) {
      const own: ImportedChange[] = [];
      changes.push(own);
      const reason = bytesProblem(bytes, own);
      if (reason !== undefined) damage.push(`${name}:${reason}`);
    },
    yaml(name, text) {
      const { objects, problems } = readManifest(text, name);
      for (const { object } of objects) found.push(object as unknown as KubeObject);
      for (const { line, message } of problems) damage.push(`${name}:${line}: ${message}`);
    },
    finish: () => ({
      found,
      changes,
      requests: requests.sort((a, b) => a.atMs - b.atMs),
      damage,
      left: [...left].map(([what, count]) => `${count} ${what}`),
    }),
  };
}

function takeTrace(trace: Value, changes: ImportedChange[]): string | undefined {
  const told = simkubeChanges(trace);
  if (typeof told === 'string') return told;
  for (const change of told) changes.push(change);
  return undefined;
}

/** What is wrong with a trace, with the byte where. */
function bytesProblem(bytes: Uint8Array, changes: ImportedChange[]): string | undefined {
  try {
    const value = readMessagePack(bytes);
    const reason = isSimkubeTrace(value) ? takeTrace(value, changes) : NO_TRACE;
    return reason === undefined ? undefined : ` ${reason}`;
  } catch (error) {
    if (!(error instanceof MessagePackError)) throw error;
    return `byte ${error.at}: it is no trace of SimKube: ${error.message}`;
  }
}

const NO_TRACE = 'it is no trace of SimKube: it has no version, events and index';
const NOTHING_KNOWN = 'it is no event of a watch, no object and no event of an audit';

type Value = Readonly<Record<string, unknown>>;

/** With what a watch begins was there before: until something else than an addition comes. */
function takeChange(
  value: Value,
  { found, changes }: { readonly found?: KubeObject[]; readonly changes?: ImportedChange[] },
): string | undefined {
  const { type, object, t_ms } = value;
  if (type === 'BOOKMARK') return undefined;
  if (!isKubeObject(object)) {
    const message = isObject(object) ? String(object['message'] ?? '') : '';
    return type === 'ERROR' ? `the watch was broken off: ${message}` : 'it is an event without an object';
  }
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return `${type} is no kind of change`;
  if (found && t_ms === undefined) found.push(object);
  else changes?.push({ type, object });
  return undefined;
}

function isAudit({ kind, apiVersion }: Value): boolean {
  return String(apiVersion).startsWith('audit.k8s.io/') && (kind === 'Event' || kind === 'EventList');
}

interface Audits {
  readonly requests: AuditedRequest[];
  readonly leave: (what: string) => void;
}

function takeAudit(value: Value, audits: Audits): string | undefined {
  const items = value['kind'] === 'EventList' && Array.isArray(value['items']) ? value['items'] : [value];
  for (const item of items) {
    const request = isObject(item) ? auditedRequest(item) : 'it is an event without anything in it';
    if (typeof request === 'string') return request;
    if (request) takeRequest(request, audits);
  }
  return undefined;
}

const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

function takeRequest(request: AuditedRequest, { requests, leave }: Audits): void {
  if (!WRITES.has(request.verb)) leave('requests of the audit that only read');
  else if (request.code >= 400) leave('requests of the audit that were refused');
  else if (!request.object && request.verb !== 'delete')
    leave('writes of the audit without what was written (its policy says no more of them)');
  else requests.push(request);
}

function takeObjects(value: Value, found: KubeObject[]): string | undefined {
  const { kind, apiVersion, items } = value;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) {
    if (!isKubeObject(value)) return NOTHING_KNOWN;
    found.push(value);
    return undefined;
  }
  // A list of the API says once of which kind its items are, and not with each.
  const named = items.map((item) =>
    isObject(item) && kind !== 'List' ? { apiVersion, kind: kind.replace(/List$/, ''), ...item } : item,
  );
  if (!named.every(isKubeObject)) return NOTHING_KNOWN;
  found.push(...named);
  return undefined;
}

function isKubeObject(value: unknown): value is KubeObject {
  return (
    isObject(value) &&
    typeof value['kind'] === 'string' &&
    typeof value['apiVersion'] === 'string' &&
    isObject(value['metadata']) &&
    typeof value['metadata']['name'] === 'string'
  );
}
