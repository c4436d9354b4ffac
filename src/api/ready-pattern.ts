import type { Json } from '../cluster/objects/json.ts';
import { type Resource, resourceOf } from '../cluster/objects/schema/resources.ts';
import type { ConditionDocument } from '../scenario/language/schema/scenario-schema.ts';
import type { Moment } from './moment.ts';
import { Refused } from './refused.ts';

/** How many pods of it are ready, in the words of its kind; of a pod or a node, whether it is. */
const READY: Readonly<Record<string, 'readyReplicas' | 'numberReady' | 'condition'>> = {
  Deployment: 'readyReplicas',
  StatefulSet: 'readyReplicas',
  ReplicaSet: 'readyReplicas',
  ReplicationController: 'readyReplicas',
  DaemonSet: 'numberReady',
  Pod: 'condition',
  Node: 'condition',
};

/** What `deployment/web` is like when so many of its pods are ready; without a number, all that it wants. */
export function readyPattern(
  what: string,
  moment: Moment,
  { count, namespace }: { readonly count?: number; readonly namespace?: string },
): NonNullable<ConditionDocument['resource']> {
  const [, word = '', name = ''] = /^([^/]+)\/(.+)$/.exec(what) ?? [];
  const resource = resourceOf(word);
  const how = resource && READY[resource.kind];
  if (!resource || !how)
    throw new Refused(
      `"${what}" has no pods that are ready: say deployment/NAME, statefulset/NAME, pod/NAME, …`,
    );
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  const { kind, apiVersion } = resource;
  if (how === 'condition')
    return { kind, apiVersion, metadata, status: { conditions: [{ type: 'Ready', status: 'True' }] } };
  const wanted = count ?? wantedBy(moment, { resource, name, ...(namespace !== undefined && { namespace }) });
  // A status says nothing of a number that is 0.
  const pattern: Json = wanted === 0 ? { oneOf: [0, { absent: true }] } : wanted;
  return { kind, apiVersion, metadata, status: { [how]: pattern } };
}

interface Named {
  readonly resource: Resource;
  readonly name: string;
  readonly namespace?: string;
}

function wantedBy(moment: Moment, { resource: { kind }, name, ...where }: Named): number {
  const object = moment.get(kind, name, where) as
    | { spec?: { replicas?: number }; status?: { desiredNumberScheduled?: number } }
    | undefined;
  return object?.spec?.replicas ?? object?.status?.desiredNumberScheduled ?? 1;
}
