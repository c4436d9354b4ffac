import { granted, type Outcome } from '../apiserver/call.ts';
import { decide } from '../apiserver/decide.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Resource } from '../objects/schema/resources.ts';
import { type Listed, listAt, revisionNow } from './list-at.ts';
import type { MediaType } from './media-types.ts';
import { listedText, objectText } from './object-text.ts';
import { listedObject, shownObject } from './shown-object.ts';
import { metadataAlone, tableDocument } from './table-document.ts';
import { tooLargeVersion } from './wire-refusal.ts';
import type { WireRequest } from './wire-request.ts';
import type { WireServer } from './wire-server.ts';

/** A document, and what there is to warn of. */
export interface Read {
  readonly document: object;
  /** The document as JSON in one line, where that is at hand. */
  readonly text?: () => string;
  readonly warnings: readonly string[];
}

type GetCall = Extract<WireRequest, { type: 'get' }>;
type ListCall = Extract<WireRequest, { type: 'list' }>;

/** How objects are to be shown. */
export interface Showing {
  readonly media: MediaType;
  /** Of tables. */
  readonly include: 'Metadata' | 'Object' | 'None';
}

export function answerGet(server: WireServer, call: GetCall, showing: Showing): Outcome<Read> {
  const current = revisionNow(server);
  if ((call.atLeast ?? 0) > current) return tooLargeVersion(call.atLeast ?? 0, current);
  const { at, world } = server;
  const { response } = decide(world, { ...call.request, showsManagers: true }, { actor: 'server', at });
  if (!response.ok) return response;
  const { object, warnings = [], revision } = response;
  if (object === undefined) return granted({ document: SUCCESS, warnings });
  const { resource } = call;
  const document = objectDocument(object, { resource, server, revision }, showing);
  const isWhole = showing.media.as === undefined && object.kind === resource.kind;
  return granted({ document, warnings, ...(isWhole && { text: () => objectText(object, resource) }) });
}

const SUCCESS = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' };

export interface About {
  readonly resource: Resource;
  readonly server: WireServer;
  readonly revision: number;
}

/** One object, as it is wanted. */
export function objectDocument(object: KubeObject, about: About, { media, include }: Showing): object {
  const { resource } = about;
  const version = media.version ?? 'v1';
  if (media.as === 'PartialObjectMetadata') return metadataAlone(object, version);
  if (media.as === 'Table' && object.kind === resource.kind) {
    const metadata = { resourceVersion: object.metadata.resourceVersion ?? '' };
    return tableDocument(about, [object], { version, include }, { metadata });
  }
  return shownObject(object, resource);
}

export function answerList(server: WireServer, call: ListCall, showing: Showing): Outcome<Read> {
  const listed = listAt(server, call);
  if (!listed.ok) return listed;
  const warnings = decide(
    server.world,
    { ...call.request, fieldSelector: 'metadata.name=-' },
    {
      actor: 'server',
      at: server.at,
    },
  ).response;
  const { resource } = call;
  const document = listDocument(listed.value, { resource, server, revision: 0 }, showing);
  return granted({
    document,
    warnings: (warnings.ok && warnings.warnings) || [],
    ...(showing.media.as === undefined && { text: () => listText(document, listed.value, resource) }),
  });
}

/** The list's own fields, and the items as they are known already. */
function listText(document: object, { objects }: Listed, resource: Resource): string {
  const own = JSON.stringify({ ...document, items: [] }).slice(0, -']}'.length);
  return `${own}${objects.map((object) => listedText(object, resource)).join(',')}]}`;
}

/** A list as it is wanted; its metadata say where it goes on. */
export function listDocument(listed: Listed, about: About, { media, include }: Showing): object {
  const { resource } = about;
  const { objects, revision, continueAt, remaining } = listed;
  const metadata = {
    resourceVersion: String(revision),
    ...(continueAt !== undefined && { continue: continueAt }),
    ...(remaining !== undefined && { remainingItemCount: remaining }),
  };
  const version = media.version ?? 'v1';
  if (media.as === 'Table') return tableDocument(about, objects, { version, include }, { metadata });
  if (media.as !== undefined) {
    const items = objects.map((object) => metadataAlone(object, version));
    return { kind: 'PartialObjectMetadataList', apiVersion: `meta.k8s.io/${version}`, metadata, items };
  }
  const items = objects.map((object) => listedObject(object, resource));
  const kind = resource.custom?.definition.spec.names.listKind ?? `${resource.kind}List`;
  return { kind, apiVersion: resource.apiVersion, metadata, items };
}
