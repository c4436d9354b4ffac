import { isReview } from '../apiserver/authorize/review.ts';
import { granted, type Outcome } from '../apiserver/call.ts';
import { decide } from '../apiserver/decide.ts';
import type { Request } from '../contract/request.ts';
import type { Granted } from '../contract/response.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { storageKey } from '../objects/storage-key.ts';
import type { Asking } from './access.ts';
import { listDocument, objectDocument, type Showing } from './answer-read.ts';
import { eventOfGroup } from './event-versions.ts';
import { storedName } from './stored-name.ts';
import type { WireRequest } from './wire-request.ts';
import type { WireServer } from './wire-server.ts';

export type WriteCall = Extract<WireRequest, { type: 'write' }>;

/** A write as it is handed to the cluster. */
export interface Prepared {
  readonly request: Request;
  /** It comes to nothing that is stored, so nobody has to note that it was asked. */
  readonly answered?: Granted;
}

/**
 * A write in the name of the one who asks. It is decided once for a try: what the server cannot make sense of
 * never gets as far as the log.
 */
export function prepareWrite(
  { world, at }: WireServer,
  { user, as }: Asking,
  call: WriteCall,
): Outcome<Prepared> {
  const request = {
    ...call.request,
    ...('object' in call.request && { object: eventOfGroup(call.request.object) }),
    credentials: { user },
    ...(call.request.dryRun && { showsManagers: true }),
    ...(as && { as }),
  } as Request;
  const { response, events } = decide(world, request, { actor: 'client', at });
  const isAside = request.dryRun === true || (response.ok && events.length === 0 && isQuestion(call));
  if (!response.ok) return SENSELESS.has(response.status.code) || isAside ? response : granted({ request });
  return granted({ request, ...(isAside && { answered: response }) });
}

/** Requests that no server looks at any further. */
const SENSELESS: ReadonlySet<number> = new Set([400, 405, 415, 422, 501]);

/** Questions about rights, which are asked as objects. */
function isQuestion({ resource }: WriteCall): boolean {
  return (
    isReview({ resource } as Parameters<typeof isReview>[0]) || resource.group === 'authentication.k8s.io'
  );
}

/** Whether the object that a write names is there. */
export function isThere({ world }: WireServer, { resource, place, request }: WriteCall): boolean {
  const name = 'name' in request ? request.name : undefined;
  if (name === undefined) return false;
  const { namespace } = place;
  const key = storageKey({
    resource: storedName(resource),
    ...(namespace !== undefined && { namespace }),
    name,
  });
  return world.store.tables.objects.read(key, world.seq) !== undefined;
}

export interface Written {
  readonly code: number;
  readonly document: object;
  readonly warnings: readonly string[];
}

interface Outcomes {
  readonly server: WireServer;
  readonly wasThere: boolean;
  readonly response: Granted;
}

/** What is answered to a write that was granted; the server is as it is after it. */
export function answerWrite(
  call: WriteCall,
  { server, wasThere, response }: Outcomes,
  showing: Showing,
): Written {
  const { request, resource, ignoresUnknown, place } = call;
  const all = response.warnings ?? [];
  const warnings = ignoresUnknown ? all.filter((text) => !/^unknown field /.test(text)) : all;
  const about = { resource, server, revision: response.revision };
  const made = request.verb === 'create' || (request.verb === 'patch' && !wasThere);
  const code = made ? 201 : 200;
  if (request.verb === 'deletecollection') {
    const listed = { objects: response.items ?? [], revision: response.revision };
    return { code, document: listDocument(listed, about, showing), warnings };
  }
  const { object } = response;
  if (place.subresource === 'binding' || place.subresource === 'eviction' || object === undefined)
    return { code, document: { ...SUCCESS }, warnings };
  if (request.verb === 'delete' && !isThere(server, call) && !GIVEN_BACK.has(resource.name))
    return { code, document: goneDocument(call, object), warnings };
  return { code, document: objectDocument(withOwners(server, call, object), about, showing), warnings };
}

const SUCCESS = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' };

/** Kinds whose last state is answered (pkg/registry: ReturnDeletedObject). */
const GIVEN_BACK: ReadonlySet<string> = new Set([
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'podtemplates',
  'resourcequotas',
  'serviceaccounts',
  'services',
]);

function goneDocument({ resource }: WriteCall, { metadata }: KubeObject): object {
  const { group, plural } = resource;
  const { name = '', uid = '' } = metadata;
  const details = { name, ...(group !== '' && { group }), kind: plural, uid };
  return { ...SUCCESS, details };
}

/** With who owns its fields, where the object is the one that is stored. */
function withOwners(
  { world, at }: WireServer,
  { resource, request }: WriteCall,
  object: KubeObject,
): KubeObject {
  if (request.dryRun || object.kind !== resource.kind || request.verb === 'delete') return object;
  const { namespace, name = '' } = object.metadata;
  const asked = { resource: resource.name, ...(namespace !== undefined && { namespace }), name };
  const { response } = decide(world, { verb: 'get', ...asked, showsManagers: true }, { actor: 'client', at });
  const isSame = response.ok && response.object?.metadata.resourceVersion === object.metadata.resourceVersion;
  const managedFields = isSame ? response.object?.metadata.managedFields : undefined;
  return managedFields ? { ...object, metadata: { ...object.metadata, managedFields } } : object;
}
