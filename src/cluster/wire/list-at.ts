import { granted, type Outcome } from '../apiserver/call.ts';
import { decide } from '../apiserver/decide.ts';
import { badRequest } from '../apiserver/refusal.ts';
import { decodeBase64, encodeBase64 } from '../objects/base64.ts';
import { isObject } from '../objects/json.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { storageKey, storagePrefix } from '../objects/storage-key.ts';
import { historyOf } from '../world/etcd-reader.ts';
import { expired, tooLargeVersion } from './wire-refusal.ts';
import type { WireRequest } from './wire-request.ts';
import type { WireServer } from './wire-server.ts';

/** A list, or a part of one. */
export interface Listed {
  readonly objects: readonly KubeObject[];
  readonly revision: number;
  /** Where the next part begins; absent for the last. */
  readonly continueAt?: string;
  readonly remaining?: number;
}

type ListCall = Extract<WireRequest, { type: 'list' }>;

/** The objects that a list asks for, as of the revision that it asks for. */
export function listAt(server: WireServer, { resource, request, options }: ListCall): Outcome<Listed> {
  const { limit, continueAt, match, revision } = options;
  const token = continueAt === '' ? undefined : readToken(continueAt);
  if (continueAt !== '' && token === undefined)
    return badRequest('continue key is not valid: illegal base64 data, or no such key');
  const current = revisionNow(server);
  if ((revision ?? 0) > current) return tooLargeVersion(revision ?? 0, current);
  // With a limit a version means just this one, where nothing else is said (apiserver: etcd3/store.go).
  const isExact = match === 'Exact' || (match === '' && limit > 0 && (revision ?? 0) > 0);
  const wanted = token?.revision ?? (isExact ? revision : undefined);
  if (wanted !== undefined && wanted < oldestKept(server)) return expired(tooOld(token !== undefined));
  const { at } = server;
  const world = wanted === undefined || wanted === current ? server.world : worldAt(server, wanted);
  const { response } = decide(world, { ...request, showsManagers: true }, { actor: 'server', at });
  if (!response.ok) return response;
  const whole = { objects: response.items ?? [], revision: wanted ?? response.revision };
  return granted(
    limit === 0 && token === undefined ? whole : partOf(whole, token?.after, { resource, request, limit }),
  );
}

interface Wanted extends Pick<ListCall, 'resource' | 'request'> {
  readonly limit: number;
}

/** What stands behind a key, and no more than is wanted. */
function partOf(whole: Listed, after: string | undefined, { resource, request, limit }: Wanted): Listed {
  const prefix = storagePrefix(resource.name);
  const keyOf = ({ metadata: { namespace, name = '' } }: KubeObject): string =>
    storageKey({ resource: resource.name, ...(namespace !== undefined && { namespace }), name }).slice(
      prefix.length,
    );
  const rest = after === undefined ? whole.objects : whole.objects.filter((object) => keyOf(object) > after);
  const chunk = limit === 0 ? rest : rest.slice(0, limit);
  const last = chunk.at(-1);
  if (chunk.length === rest.length || last === undefined) return { ...whole, objects: chunk };
  const isSelected = request.labelSelector !== undefined || request.fieldSelector !== undefined;
  return {
    ...whole,
    objects: chunk,
    continueAt: writeToken({ revision: whole.revision, after: keyOf(last) }),
    ...(!isSelected && { remaining: rest.length - chunk.length }),
  };
}

/** etcd's revision now. */
export function revisionNow({ world }: WireServer): number {
  return world.store.tables.counters.read('revision', world.seq)?.value ?? 1;
}

/** The oldest revision that lists and watches can go back to: what is older has been compacted. */
export function oldestKept({ view }: WireServer): number {
  return view.rows.row('etcd', 'cluster')?.compacted ?? 0;
}

function tooOld(isContinued: boolean): string {
  return isContinued
    ? 'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.'
    : 'The resourceVersion for the provided list is too old.';
}

/** The world when the store was at a revision. */
function worldAt({ world }: WireServer, revision: number): WireServer['world'] {
  const seq = historyOf(world.store.tables, world.seq).seqAt(revision);
  return { ...world, seq };
}

interface Token {
  readonly revision: number;
  /** The key behind which it goes on. */
  readonly after: string;
}

/** apiserver: storage/continue.go. */
function writeToken({ revision, after }: Token): string {
  const text = JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: `${after}\0` });
  return encodeBase64(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function readToken(text: string): Token | undefined {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  const json = decodeBase64(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='));
  if (json === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { v, rv, start } = value;
  if (v !== 'meta.k8s.io/v1' || typeof start !== 'string' || typeof rv !== 'number') return undefined;
  if (!Number.isInteger(rv) || rv < 1) return undefined;
  return { revision: rv, after: start.replace(/\0$/, '') };
}
