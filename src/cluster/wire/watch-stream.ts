import { granted, type Outcome } from '../apiserver/call.ts';
import { decide } from '../apiserver/decide.ts';
import { statusDocument } from '../clients/kubectl/raw/answer-path.ts';
import type { Change } from '../contract/api-event.ts';
import { matchesFields, parseFieldSelector } from '../objects/field-selector.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { matchesLabels, parseLabelSelector } from '../objects/label-selector.ts';
import { objectDocument, type Showing } from './answer-read.ts';
import { oldestKept, revisionNow } from './list-at.ts';
import { eventText, objectText } from './object-text.ts';
import { storedName } from './stored-name.ts';
import { tableDocument } from './table-document.ts';
import { expired } from './wire-refusal.ts';
import type { WireRequest } from './wire-request.ts';
import type { WireServer } from './wire-server.ts';

export type WatchCall = Extract<WireRequest, { type: 'watch' }>;

/** A watch: what it tells of what changes. */
export interface WatchStream {
  /** The resource under which changes are kept. */
  readonly resource: string;
  /** What it tells at once. */
  readonly opening: readonly string[];
  /** What it tells of a change; undefined where that is none of its business. */
  tell(change: Change, server: WireServer): string | undefined;
  /** How far it has come, where it may say so. */
  bookmark(server: WireServer): string | undefined;
  /** It has said all with what it told at once. */
  readonly isOver?: true;
}

/** Begins a watch, as of now or after a revision (apiserver: storage/cacher). */
export function openWatch(server: WireServer, call: WatchCall, showing: Showing): Outcome<WatchStream> {
  const { request, options } = call;
  const { revision = 0, sendsInitialEvents } = options;
  const { at, world } = server;
  // Also looks whether the selectors make sense.
  const { response } = decide(world, { ...request, showsManagers: true }, { actor: 'server', at });
  if (!response.ok) return response;
  const isFresh = sendsInitialEvents ?? revision === 0;
  if (!isFresh && revision < oldestKept(server)) return granted(tooOld(call, oldestKept(server)));
  const stream = streamOf(call, showing);
  const found = isFresh
    ? (response.items ?? []).map((object) => stream.encode('ADDED', object, server))
    : since(server, call).flatMap((change) => stream.tell(change, server) ?? []);
  const marked =
    sendsInitialEvents && options.allowsBookmarks ? [stream.mark(server, { [INITIAL_END]: 'true' })] : [];
  return granted({ ...stream, opening: [...found, ...marked] });
}

/**
 * A watch that may be begun, and then has an error for its only event: a revision that is not kept any more
 * is not refused as a request (apiserver: storage/cacher/cacher.go, newErrWatcher).
 */
function tooOld({ resource, options: { revision } }: WatchCall, oldest: number): WatchStream {
  const { status } = expired(`too old resource version: ${revision} (${oldest})`);
  const event = { type: 'ERROR', object: statusDocument(status) };
  return {
    resource: storedName(resource),
    opening: [`${JSON.stringify(event)}\n`],
    tell: () => undefined,
    bookmark: () => undefined,
    isOver: true,
  };
}

/** apimachinery: meta/v1 InitialEventsAnnotationKey. */
const INITIAL_END = 'k8s.io/initial-events-end';

function since({ view, world }: WireServer, { request, options, resource }: WatchCall): readonly Change[] {
  const revision = options.revision || revisionNow({ world } as WireServer);
  const { namespace } = request;
  const wanted = { resource: storedName(resource), revision, ...(namespace !== undefined && { namespace }) };
  return view.objects.changesAfter(wanted);
}

interface Encoder extends Omit<WatchStream, 'opening'> {
  encode(type: string, object: KubeObject, server: WireServer): string;
  mark(server: WireServer, annotations?: Readonly<Record<string, string>>): string;
}

function streamOf(call: WatchCall, showing: Showing): Encoder {
  const { resource, request, options } = call;
  const isMeant = selection(call);
  const { namespace } = request;
  const isTable = showing.media.as === 'Table';
  let isHeaded = false;
  const encode = (type: string, object: KubeObject, now: WireServer): string => {
    if (showing.media.as === undefined) return plainEvent(type, object, call, now);
    const document = isTable
      ? tableOf(object, now)
      : objectDocument(object, { resource, server: now, revision: 0 }, showing);
    return `${JSON.stringify({ type, object: document })}\n`;
  };
  const tableOf = (object: KubeObject | undefined, now: WireServer): object => {
    const revision = object?.metadata.resourceVersion ?? String(revisionNow(now));
    const { include, media } = showing;
    const shown = { version: media.version ?? 'v1', include, noHeaders: isHeaded };
    isHeaded = true;
    const metadata = { resourceVersion: revision };
    return tableDocument({ resource, server: now }, object ? [object] : [], shown, { metadata });
  };
  const mark = (now: WireServer, annotations?: Readonly<Record<string, string>>): string => {
    const metadata = {
      resourceVersion: String(revisionNow(now)),
      creationTimestamp: null,
      ...(annotations && { annotations }),
    };
    const { kind, apiVersion } = resource;
    const object = isTable ? tableOf(undefined, now) : { kind, apiVersion, metadata };
    return `${JSON.stringify({ type: 'BOOKMARK', object })}\n`;
  };
  return {
    resource: storedName(resource),
    encode,
    mark,
    bookmark: (now) => (options.allowsBookmarks ? mark(now) : undefined),
    tell(change, now) {
      if (namespace !== undefined && change.object.metadata.namespace !== namespace) return undefined;
      const type = typeFor(change, isMeant);
      if (type === undefined) return undefined;
      return encode(type, type === 'DELETED' ? leavingObject(change) : change.object, now);
    },
  };
}

/** Who leaves what is selected is shown as it was last, with the revision at which it left. */
function leavingObject({ type, object, before }: Change): KubeObject {
  if (type === 'DELETED' || before === undefined) return object;
  const { resourceVersion } = object.metadata;
  return { ...before, metadata: { ...before.metadata, ...(resourceVersion && { resourceVersion }) } };
}

/** What a change is for those who see only what is selected (apiserver: cacher/cache_watcher.go). */
function typeFor(
  { type, object, before }: Change,
  isMeant: (object: KubeObject) => boolean,
): Change['type'] | undefined {
  if (type === 'DELETED') return isMeant(before ?? object) ? 'DELETED' : undefined;
  const is = isMeant(object);
  const was = before !== undefined && isMeant(before);
  if (is) return was ? 'MODIFIED' : 'ADDED';
  return was ? 'DELETED' : undefined;
}

function selection({ request }: WatchCall): (object: KubeObject) => boolean {
  const labels = parseLabelSelector(request.labelSelector ?? '');
  const fields = parseFieldSelector(request.fieldSelector ?? '');
  const [ofLabels, ofFields] = [labels.ok ? labels.requirements : [], fields.ok ? fields.requirements : []];
  if (ofLabels.length === 0 && ofFields.length === 0) return () => true;
  return (object) => matchesLabels(ofLabels, object.metadata.labels) && matchesFields(ofFields, object);
}

/** The same event is told to all who watch. */
function plainEvent(type: string, object: KubeObject, { resource }: WatchCall, server: WireServer): string {
  return eventText({ type, object, resource }, () => {
    const owned = type === 'DELETED' ? object : withOwners(object, { resource, server });
    return objectText(owned, resource);
  });
}

/** With who owns its fields, as long as it is the latest that there is. */
function withOwners(
  object: KubeObject,
  { resource, server }: { readonly resource: WatchCall['resource']; readonly server: WireServer },
): KubeObject {
  if (object.metadata.managedFields !== undefined) return object;
  const { namespace, name = '' } = object.metadata;
  const asked = { resource: resource.name, ...(namespace !== undefined && { namespace }), name };
  const { world, at } = server;
  const { response } = decide(world, { verb: 'get', ...asked, showsManagers: true }, { actor: 'server', at });
  if (!response.ok || response.object === undefined) return object;
  const { metadata } = response.object;
  if (metadata.resourceVersion !== object.metadata.resourceVersion) return object;
  const { managedFields } = metadata;
  return managedFields ? { ...object, metadata: { ...object.metadata, managedFields } } : object;
}
