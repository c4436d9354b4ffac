import { isObject } from '../../cluster/objects/json.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';

/** A request that an API server wrote down, as far as it is told here (audit.k8s.io/v1: Event). */
export interface AuditedRequest {
  /** Milliseconds since 1970: when it was answered. */
  readonly atMs: number;
  readonly actor: string;
  readonly verb: string;
  /** The plural with its group. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly code: number;
  /** What it left behind, where the policy has that written down. */
  readonly object?: KubeObject;
}

/** What an event of an audit says; undefined for stages before the answer, which say less of the same. */
export function auditedRequest(
  event: Readonly<Record<string, unknown>>,
): AuditedRequest | undefined | string {
  if (event['stage'] !== 'ResponseComplete') return undefined;
  const { verb, objectRef, responseStatus, responseObject, stageTimestamp, requestReceivedTimestamp } = event;
  const at = parseRfc3339(String(stageTimestamp ?? requestReceivedTimestamp));
  if (at === undefined || typeof verb !== 'string') return 'it tells no verb, or no time';
  if (!isObject(objectRef)) return undefined;
  const { resource, apiGroup, namespace, name, subresource } = objectRef as Readonly<Record<string, string>>;
  const code = isObject(responseStatus) ? Number(responseStatus['code'] ?? 0) : 0;
  const isWhole = isObject(responseObject) && isObject(responseObject['metadata']);
  // What answers a subresource may be another kind of object: a Scale, a Binding.
  const isOwn = subresource === undefined || subresource === 'status';
  return {
    atMs: at,
    actor: actorOf(event),
    verb,
    resource: apiGroup ? `${resource}.${apiGroup}` : (resource ?? ''),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    code,
    ...(isWhole &&
      isOwn &&
      responseObject['kind'] !== 'Status' && {
        object: responseObject as unknown as KubeObject,
      }),
  };
}

const CONTROLLER = /^system:serviceaccount:kube-system:([a-z0-9-]+)$/;

/** Who asked, in the names that components have here. */
function actorOf({ user, userAgent }: Readonly<Record<string, unknown>>): string {
  const name = isObject(user) ? String(user['username'] ?? '') : '';
  const program = String(userAgent ?? '').split('/')[0] ?? '';
  if (name.startsWith('system:node:')) return `kubelet/${name.slice('system:node:'.length)}`;
  if (name === 'system:kube-scheduler') return 'scheduler';
  const [, controller] = CONTROLLER.exec(name) ?? [];
  return controller ?? (program || name || 'unrecorded');
}
