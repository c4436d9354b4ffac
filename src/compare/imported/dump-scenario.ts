import { stringify } from 'yaml';
import { compareText, type JsonObject } from '../../cluster/objects/json.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import { recordedNodes } from '../recording/recorded-cluster.ts';
import type { Recording } from '../recording/recording.ts';

/** A scenario that begins with what a cluster was, as texts by their paths. */
export interface DumpScenario {
  readonly files: Readonly<Record<string, string>>;
  /** How many objects are applied, and how many are made by the cluster itself. */
  readonly applied: number;
  readonly made: number;
}

/** Manifests of what somebody once applied, machines as there were, and the steps that bring it up again. */
export function dumpScenario(recording: Recording): DumpScenario {
  const { listed, minor, name } = recording;
  const applied = listed.filter((object) => !isMade(object));
  const bySpace = new Map<string, KubeObject[]>();
  for (const object of applied) {
    const space = object.metadata.namespace ?? '';
    bySpace.set(space, [...(bySpace.get(space) ?? []), object]);
  }
  const spaces = [...bySpace].sort(([a], [b]) => compareText(a, b));
  const files = spaces.map(([space, objects]): readonly [string, string] => [
    fileOf(space),
    objects.map((object) => stringify(asApplied(object), { lineWidth: 0 })).join('---\n'),
  ]);
  const document = {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name },
    cluster: { version: `1.${minor}`, nodes: nodesOf(recording) },
    steps: [
      ...namespacesLeftOut(spaces).map((space) => ({ run: `kubectl create namespace ${space}` })),
      ...spaces.map(([space]) => ({ run: `kubectl apply --server-side -f ${fileOf(space)}` })),
      ...applied.flatMap(rolloutOf),
    ],
  };
  return {
    files: { ...Object.fromEntries(files), 'scenario.yaml': stringify(document, { lineWidth: 0 }) },
    applied: applied.length,
    made: listed.length - applied.length,
  };
}

function fileOf(space: string): string {
  return space === '' ? 'cluster.yaml' : `${space}.yaml`;
}

/** A dump of some kinds tells of namespaces only by what is in them. */
function namespacesLeftOut(spaces: readonly (readonly [string, readonly KubeObject[]])[]): readonly string[] {
  const [, ofCluster = []] = spaces.find(([space]) => space === '') ?? [];
  const known = ofCluster.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  return spaces.flatMap(([space]) =>
    space === '' || space === 'default' || known.includes(space) ? [] : [space],
  );
}

function nodesOf(recording: Recording): object | number {
  if (!recording.listed.some(({ kind }) => kind === 'Node')) return 3;
  return recordedNodes(recording).map(({ hollow: _, taints = [], ...node }) => ({
    ...node,
    ...(taints.length > 0 && { taints }),
  }));
}

const ROLLED_OUT: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

function rolloutOf({ kind, metadata: { name, namespace } }: KubeObject): readonly object[] {
  if (!ROLLED_OUT.has(kind)) return [];
  const where = namespace === undefined || namespace === 'default' ? '' : ` -n ${namespace}`;
  return [{ run: `kubectl rollout status ${kind.toLowerCase()}/${name}${where}` }];
}

/** What a cluster has by itself, or makes of what is applied. */
function isMade(object: KubeObject): boolean {
  const { kind, metadata } = object;
  const { name = '', namespace = '', ownerReferences = [], labels = {}, annotations = {} } = metadata;
  if (ownerReferences.some(({ controller }) => controller) || OF_CLUSTER.has(kind)) return true;
  if (/^kube-(?:system|public|node-lease)$/.test(namespace || (kind === 'Namespace' ? name : '')))
    return true;
  if (labels['kubernetes.io/bootstrapping'] !== undefined || name.startsWith('system:')) return true;
  if (annotations['pv.kubernetes.io/provisioned-by'] !== undefined) return true;
  const { type } = object as { type?: unknown };
  return (
    (kind === 'Namespace' && name === 'default') ||
    (kind === 'ServiceAccount' && name === 'default') ||
    (kind === 'ConfigMap' && name === 'kube-root-ca.crt') ||
    (kind === 'Service' && name === 'kubernetes' && namespace === 'default') ||
    (kind === 'Secret' && type === 'kubernetes.io/service-account-token')
  );
}

const OF_CLUSTER: ReadonlySet<string> = new Set([
  'Node',
  'Lease',
  'Event',
  'Endpoints',
  'EndpointSlice',
  'ControllerRevision',
  'CSINode',
  'APIService',
  'FlowSchema',
  'PriorityLevelConfiguration',
  'ComponentStatus',
]);

/** As somebody would have written it: without what the API server and controllers have filled in. */
export function asApplied(object: KubeObject): JsonObject {
  const { status: _, spec, ...rest } = object as KubeObject & { status?: unknown; spec?: JsonObject };
  const { name, generateName, namespace, labels, annotations = {} } = rest.metadata;
  const own = Object.entries(annotations).filter(([key]) => !FILLED_IN.test(key));
  const metadata = {
    ...(name !== undefined ? { name } : { generateName }),
    ...(namespace !== undefined && { namespace }),
    ...(labels && { labels }),
    ...(own.length > 0 && { annotations: Object.fromEntries(own) }),
  };
  const kept =
    spec && Object.fromEntries(Object.entries(spec).flatMap((field) => ownField(object.kind, field)));
  return { ...rest, metadata, ...(kept && { spec: kept }) } as unknown as JsonObject;
}

const FILLED_IN =
  /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/|pv\.kubernetes\.io\/|volume\.(?:beta\.)?kubernetes\.io\/|control-plane\.alpha)/;

/** A volume that was bound to a claim is for the claim of that name again, which will be another one. */
function ownField(kind: string, field: readonly [string, unknown]): readonly (readonly [string, unknown])[] {
  const [name, value] = field;
  if (kind !== 'PersistentVolume' || name !== 'claimRef') return isFilledIn(kind, field) ? [] : [field];
  const { uid: _, resourceVersion: __, ...claim } = value as Readonly<Record<string, unknown>>;
  return [[name, claim]];
}

function isFilledIn(kind: string, [field, value]: readonly [string, unknown]): boolean {
  if (kind === 'Service') return /^clusterIPs?$/.test(field) && value !== 'None' && String(value) !== 'None';
  if (kind === 'Pod') return field === 'nodeName';
  if (kind === 'Namespace') return field === 'finalizers';
  return kind === 'PersistentVolumeClaim' && field === 'volumeName';
}
