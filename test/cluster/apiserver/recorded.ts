import { isObject } from '../../../src/cluster/objects/json.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod, PriorityClass } from '../../../src/cluster/objects/kubernetes.ts';
import { basics, given, type Server, settingsOf } from './server.ts';

/**
 * The cluster around a recorded object: its namespace, the token that 1.20 mounts, the priority that it
 * names.
 */
export function clusterFor(object: KubeObject, version: string): Server {
  const namespace = object.metadata.namespace ?? 'default';
  const [home, account] = basics(namespace);
  const { spec } = object as Pod;
  const token = spec?.volumes?.find(({ name }) => name.startsWith('default-token-'))?.name;
  const secret = token && {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: token,
      namespace,
      annotations: {
        'kubernetes.io/service-account.name': 'default',
        'kubernetes.io/service-account.uid': 'uid-of-serviceaccounts-default',
      },
    },
    type: 'kubernetes.io/service-account-token',
  };
  const priorityClass: PriorityClass | undefined =
    object.kind === 'Pod' && spec.priorityClassName
      ? {
          apiVersion: 'scheduling.k8s.io/v1',
          kind: 'PriorityClass',
          metadata: { name: spec.priorityClassName },
          value: spec.priority ?? 0,
          preemptionPolicy: spec.preemptionPolicy ?? '',
        }
      : undefined;
  const around = [
    ...(namespace === 'default' ? [] : [home]),
    { ...account, ...(token && { secrets: [{ name: token }] }) },
    secret,
    priorityClass,
  ];
  return given(
    around.filter((other) => isObject(other)),
    settingsOf(version),
  );
}

/** An object without what is drawn, counted or read from a clock. */
export function comparable(object: unknown): unknown {
  const { metadata, spec } = object as Pod & { spec?: { clusterIP?: string } };
  const drawn: [string, string][] = [[metadata.uid ?? '?', 'UID']];
  if (metadata.generateName) drawn.push([`"name":"${metadata.name}"`, '"name":"GENERATED"']);
  if (spec?.clusterIP && spec.clusterIP !== 'None') drawn.push([`"${spec.clusterIP}"`, '"ADDRESS"']);
  let text = JSON.stringify(object).replace(/kube-api-access-\w{5}/g, 'kube-api-access-…');
  for (const [from, to] of drawn) text = text.replaceAll(from, to);
  const result = JSON.parse(text) as { metadata: Record<string, unknown>; status?: Record<string, unknown> };
  Object.assign(result.metadata, { resourceVersion: 'RV', creationTimestamp: 'NOW' });
  if (result.status?.['lastPhaseTransitionTime']) result.status['lastPhaseTransitionTime'] = 'NOW';
  // The recorder took the annotation of `kubectl apply` away and left the empty map.
  if (Object.keys(metadata.annotations ?? {}).length === 0) delete result.metadata['annotations'];
  return result;
}
