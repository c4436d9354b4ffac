import type { KubeObject } from '../../../objects/kube-object.ts';
import { LAST_APPLIED } from '../../../objects/last-applied.ts';
import type { Resource } from '../../../objects/schema/resources.ts';
import { resourceForKind } from '../../../objects/schema/resources.ts';
import { fail } from '../failure.ts';
import { ask, type Invocation, type Steps } from '../invocation.ts';
import type { DryRun } from '../output/dry-run.ts';
import { logWarning } from '../output/log-warning.ts';
import { reportObject } from '../output/report-object.ts';
import type { Info } from '../resources/info.ts';
import { readCascade } from './delete.ts';

/** What is looked through when nothing else is said (kubectl: util/prune/prune.go). */
const NAMESPACED: readonly string[] = [
  ...[
    'ConfigMap',
    'Endpoints',
    'PersistentVolumeClaim',
    'Pod',
    'ReplicationController',
    'Secret',
    'Service',
  ].map((kind) => `core/v1/${kind}`),
  ...['Job', 'CronJob'].map((kind) => `batch/v1/${kind}`),
  'networking.k8s.io/v1/Ingress',
  ...['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'].map((kind) => `apps/v1/${kind}`),
];
const NOT_NAMESPACED: readonly string[] = ['core/v1/Namespace', 'core/v1/PersistentVolume'];

/** Where `apply` is to look for what it applied before and is told of no more; undefined if it is not to. */
export function placesToPrune({ flags, resources: served }: Invocation): readonly Resource[] | undefined {
  if (!flags.bool('prune')) return undefined;
  const allowed = flags.list('prune-allowlist');
  const wanted = allowed.length === 0 ? [...NAMESPACED, ...NOT_NAMESPACED] : allowed;
  const resources = wanted.map((gvk) => resourceOf(gvk, served));
  if (flags.text('selector') === '' && !flags.bool('all')) {
    fail(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. ' +
        'If you did not mean to prune all resources, specify a label selector',
    );
  }
  return resources;
}

interface Pruning {
  readonly resources: readonly Resource[];
  readonly applied: readonly { readonly info: Info; readonly object: KubeObject }[];
  readonly dryRun: DryRun;
}

/** Deletes what was once applied and is not among what was applied now (kubectl: apply/prune.go). */
export function* pruneObjects(invocation: Invocation, { resources, applied, dryRun }: Pruning): Steps<void> {
  if (!invocation.flags.isSet('prune-allowlist')) warnOfClusterScoped(invocation);
  const kept = new Set(applied.map(({ object }) => object.metadata.uid));
  const namespaces = new Set(applied.flatMap(({ info: { namespace } }) => namespace ?? []));
  const places = [
    ...[...namespaces].flatMap((namespace) =>
      resources.filter(({ isNamespaced }) => isNamespaced).map((resource) => ({ resource, namespace })),
    ),
    ...resources.filter(({ isNamespaced }) => !isNamespaced).map((resource) => ({ resource })),
  ];
  for (const place of places) yield* pruneAt(invocation, place, { kept, dryRun });
}

function resourceOf(gvk: string, served: readonly Resource[]): Resource {
  const parts = gvk.split('/');
  const [group = '', version = '', kind = ''] = parts;
  if (parts.length !== 3) {
    fail(`invalid GroupVersionKind format: ${gvk}, please follow <group/version/kind>`);
  }
  const apiVersion = group === 'core' || group === '' ? version : `${group}/${version}`;
  const resource = resourceForKind(apiVersion, kind, served);
  return resource ?? fail(`no matches for kind "${kind}" in version "${apiVersion}"`);
}

interface Place {
  readonly resource: Resource;
  readonly namespace?: string;
}

function* pruneAt(
  invocation: Invocation,
  { resource, ...place }: Place,
  { kept, dryRun }: { readonly kept: ReadonlySet<string | undefined>; readonly dryRun: DryRun },
): Steps<void> {
  const { flags } = invocation;
  const target = { resource: resource.name, ...place };
  const selector = flags.text('selector');
  const found = yield* ask(invocation, {
    verb: 'list',
    ...target,
    ...(selector === '' ? {} : { labelSelector: selector }),
  });
  const scope = resource.isNamespaced ? 'namespaced' : 'nonNamespaced';
  const failed = (why: string): never =>
    fail(
      `error pruning ${scope} object ${resource.apiVersion.replace(/^v1$/, '/v1')}, Kind=${resource.kind}: ${why}`,
    );
  if (!found.ok) return failed(found.status.message);
  for (const object of found.items ?? []) {
    const { annotations, uid, name = '' } = object.metadata;
    if (annotations?.[LAST_APPLIED] === undefined || kept.has(uid)) continue;
    if (dryRun !== 'client') {
      const grace = flags.int('grace-period');
      const answer = yield* ask(invocation, {
        verb: 'delete',
        ...target,
        name,
        propagationPolicy: readCascade(invocation),
        ...(grace < 0 ? {} : { gracePeriodSeconds: grace }),
        ...(dryRun === 'server' ? { dryRun: true } : {}),
      });
      if (!answer.ok) return failed(answer.status.message);
    }
    reportObject(invocation, { name, object, operation: 'pruned', dryRun });
  }
}

function warnOfClusterScoped(invocation: Invocation): void {
  if (invocation.version.minor < 26) return;
  const text =
    'Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace ' +
    'flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in ' +
    'the --prune-allowlist flag.';
  logWarning(invocation, 'prune.go:71', text);
}
