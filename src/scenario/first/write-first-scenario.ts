import { Document, type Node } from 'yaml';
import { shellQuoted } from '../../cluster/clients/command-line/shell-quoted.ts';
import { type Asked, askedIn, type Survey, type Workload, workloadsIn } from './survey.ts';

/** What is written above the parts of a scenario, in the reader's language. */
export interface FirstWords {
  readonly arrives: string;
  readonly asks: string;
  readonly rolls: string;
  readonly drains: string;
  readonly dies: string;
  readonly always: string;
}

export interface FirstScenario {
  readonly name: string;
  readonly words: FirstWords;
}

const NODES = 3;
/** More clients than this are hard to follow. */
const MOST_ASKED = 3;
const RATE = 20;
/** What was begun is lost after the command has ended, too. */
const AFTERWARDS = 'sleep 30';

/**
 * A first scenario for manifests: they come up, are rolled out again, each node is drained in turn, and one
 * dies; meanwhile whoever could be asked is asked, and no request may be lost but by the machine that dies.
 */
export function writeFirstScenario(found: Survey, { name, words }: FirstScenario): string {
  const workloads = workloadsIn(found);
  const asked = askedIn(found, workloads).slice(0, MOST_ASKED);
  const parts: readonly (readonly [string, readonly object[]])[] = [
    [words.arrives, arrival(found, workloads)],
    [
      words.asks,
      asked.length === 0 ? [] : [...asked.map(traffic), { wait: '10s', expect: nothingLost(asked) }],
    ],
    [words.rolls, workloads.flatMap((workload) => rollout(workload, asked))],
    [
      words.drains,
      Array.from({ length: NODES }, (_, index) => index + 1).flatMap((node) => drain(node, found, asked)),
    ],
    [words.dies, workloads.length === 0 ? [] : death(workloads)],
  ];
  const document = new Document({
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name },
    cluster: { nodes: NODES },
    steps: [],
  });
  const steps: Node[] = [];
  for (const [title, part] of parts) {
    for (const [index, step] of part.entries()) {
      const node = document.createNode(step) as Node;
      if (index === 0) {
        node.commentBefore = ` ${title}`;
        node.spaceBefore = true;
      }
      steps.push(node);
    }
  }
  document.set('steps', document.createNode(steps));
  const always = invariants(workloads);
  if (always.length > 0) {
    const node = document.createNode(always);
    node.commentBefore = ` ${words.always}`;
    document.set('always', node);
  }
  return document.toString({ lineWidth: 0 });
}

function arrival(found: Survey, workloads: readonly Workload[]): readonly object[] {
  return [
    ...missingNamespaces(found).map((namespace) => ({ run: `kubectl create namespace ${namespace}` })),
    ...applyLines(found).map((run) => ({ run })),
    ...workloads.map((workload) => ({ run: `${statusLine(workload)} --timeout=10m` })),
  ];
}

/** What others need is there before them: namespaces, and the kinds that they are of. */
function applyLines({ manifests, others, objects, isKustomization }: Survey): readonly string[] {
  if (isKustomization) return ['kubectl apply -k .'];
  const isEarly = (file: string): boolean =>
    objects.some(
      (each) => each.file === file && ['Namespace', 'CustomResourceDefinition'].includes(each.object.kind),
    );
  const early = manifests.filter(isEarly);
  const late = manifests.filter((file) => !isEarly(file));
  const isInOrder = [...early, ...late].every((file, index) => file === manifests[index]);
  const isFlat = manifests.every((file) => !file.includes('/'));
  if (others.length === 0 && isInOrder) return [`kubectl apply ${isFlat ? '' : '-R '}-f .`];
  const lineOf = (files: readonly string[]): string =>
    `kubectl apply ${files.map((file) => `-f ${shellQuoted(file)}`).join(' ')}`;
  return [early, late].flatMap((files) => (files.length > 0 ? [lineOf(files)] : []));
}

function missingNamespaces({ objects, isKustomization }: Survey): readonly string[] {
  if (isKustomization) return [];
  const made = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);
  for (const { object } of objects) if (object.kind === 'Namespace') made.add(object.metadata.name ?? '');
  const used = objects.flatMap(({ object }) => object.metadata.namespace ?? []);
  return [...new Set(used)].filter((namespace) => !made.has(namespace)).sort();
}

function statusLine({ kind, name, namespace }: Workload): string {
  return `kubectl rollout status ${kind.toLowerCase()}/${name}${inNamespace(namespace)}`;
}

function inNamespace(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` -n ${namespace}`;
}

function traffic({ name, namespace, port, path }: Asked): object {
  const host = namespace === undefined ? name : `${name}.${namespace}`;
  const to = `http://${host}${port === 80 ? '' : `:${port}`}${path}`;
  return { traffic: { client: clientOf({ name, namespace }), to, rate: RATE } };
}

function clientOf({
  name,
  namespace,
}: {
  readonly name: string;
  readonly namespace?: string | undefined;
}): string {
  return namespace === undefined ? name : `${namespace}-${name}`;
}

function nothingLost(asked: readonly Asked[]): readonly object[] {
  return asked.map((each) => ({ traffic: { client: clientOf(each), since: 'step', lost: 0 } }));
}

function rollout(workload: Workload, asked: readonly Asked[]): readonly object[] {
  const { kind, name, namespace } = workload;
  const concerned = asked.filter(({ behind }) => behind.includes(workload));
  const restart = `kubectl rollout restart ${kind.toLowerCase()}/${name}${inNamespace(namespace)}`;
  const step = { run: `${restart} && ${statusLine(workload)} --timeout=10m && ${AFTERWARDS}` };
  return [concerned.length === 0 ? step : { ...step, expect: [{ exitCode: 0 }, ...nothingLost(concerned)] }];
}

function drain(node: number, { objects }: Survey, asked: readonly Asked[]): readonly object[] {
  // A pod that nobody would make anew is only deleted by somebody who says so.
  const force = objects.some(({ object }) => object.kind === 'Pod') ? ' --force' : '';
  const flags = `--ignore-daemonsets --delete-emptydir-data${force} --timeout=5m`;
  return [
    {
      run: `kubectl drain node-${node} ${flags} && ${AFTERWARDS}`,
      expect: [{ exitCode: 0 }, ...nothingLost(asked)],
    },
    { run: `kubectl uncordon node-${node}` },
    { wait: '10s' },
  ];
}

/** Pods are taken off a machine that is silent after five minutes and forty seconds. */
function death(workloads: readonly Workload[]): readonly object[] {
  const back = workloads.filter(({ kind, replicas }) => kind === 'Deployment' && replicas > 0);
  return [
    { fault: { stop: 'machine', node: 'node-1' } },
    { wait: '7m' },
    ...(back.length === 0
      ? []
      : [{ expect: back.map((workload) => ({ within: '5m', resource: available(workload) })) }]),
    { fault: { start: 'machine', node: 'node-1' } },
    { wait: '3m' },
  ];
}

function available({ kind, name, namespace, replicas }: Workload): object {
  return resource({ kind, name, namespace }, { availableReplicas: replicas });
}

function resource(
  {
    kind,
    name,
    namespace,
  }: { readonly kind: string; readonly name: string; readonly namespace: string | undefined },
  status: object,
): object {
  return { kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, status };
}

/** Of several replicas one is always there. */
function invariants(workloads: readonly Workload[]): readonly object[] {
  return workloads
    .filter(({ kind, replicas }) => kind !== 'DaemonSet' && replicas > 1)
    .map(({ kind, name, namespace }) => ({
      resource: resource({ kind, name, namespace }, { availableReplicas: { gte: 1 } }),
    }));
}
