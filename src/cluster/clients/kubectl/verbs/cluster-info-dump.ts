import type { KubeObject } from '../../../objects/kube-object.ts';
import type { Pod } from '../../../objects/kubernetes.ts';
import { bool, list, text } from '../../flags/flag.ts';
import type { LeftFile } from '../../program.ts';
import { DONE, demand, type Invocation, type Steps } from '../invocation.ts';
import { logSource, readLog } from '../pods/container-log.ts';
import { printJson } from '../print/output/print-json.ts';
import { printYaml } from '../print/yaml/print-yaml.ts';
import type { Verb } from '../verb.ts';

/** Of each namespace, in kubectl's order (kubectl: cmd/clusterinfo/clusterinfo_dump.go). */
const RESOURCES = [
  ['events', 'EventList', 'v1'],
  ['replicationcontrollers', 'ReplicationControllerList', 'v1'],
  ['services', 'ServiceList', 'v1'],
  ['daemonsets.apps', 'DaemonSetList', 'apps/v1'],
  ['deployments.apps', 'DeploymentList', 'apps/v1'],
  ['replicasets.apps', 'ReplicaSetList', 'apps/v1'],
  ['pods', 'PodList', 'v1'],
] as const;

/** `kubectl cluster-info dump`: all that somebody who is asked for help wants to see, printed or in files. */
export const clusterInfoDump: Verb = {
  name: 'dump',
  flags: [
    text('output-directory'),
    list('namespaces'),
    bool('A,all-namespaces'),
    text('o,output'),
    text('template'),
    text('pod-running-timeout'),
    bool('show-managed-fields'),
    bool('allow-missing-template-keys', 'true'),
  ],
  run: dump,
};

function* dump(invocation: Invocation): Steps {
  const { flags, out } = invocation;
  const folder = flags.text('output-directory');
  const isYaml = flags.text('output') === 'yaml';
  const written: LeftFile[] = [];
  const tell = (path: string, content: string): void => {
    if (folder === '' || folder === '-') out(content);
    else written.push({ path: `${folder}/${path}`, text: content, makesFolders: true });
  };
  const listed = function* (
    resource: string,
    about: readonly [kind: string, apiVersion: string],
    namespace?: string,
  ) {
    const [kind, apiVersion] = about;
    const place = namespace === undefined ? {} : { namespace };
    const { items = [], revision } = yield* demand(invocation, { verb: 'list', resource, ...place });
    const document = { kind, apiVersion, metadata: { resourceVersion: String(revision) }, items } as never;
    const name = `${resource.replace(/\..*/, '')}.${isYaml ? 'yaml' : 'json'}`;
    tell(
      namespace === undefined ? name : `${namespace}/${name}`,
      isYaml ? printYaml(document) : printJson(document),
    );
    return items as readonly KubeObject[];
  };
  yield* listed('nodes', ['NodeList', 'v1']);
  for (const namespace of yield* namespacesOf(invocation)) {
    let pods: readonly KubeObject[] = [];
    for (const [resource, kind, apiVersion] of RESOURCES)
      pods = yield* listed(resource, [kind, apiVersion], namespace);
    for (const pod of pods as readonly Pod[]) tellLogs(invocation, pod, tell);
  }
  if (written.length === 0) return DONE;
  out(`Cluster info dumped to ${folder}\n`);
  return { exitCode: 0, written };
}

function* namespacesOf(invocation: Invocation): Steps<readonly string[]> {
  const { flags, namespace } = invocation;
  const named = flags.list('namespaces');
  if (!flags.bool('all-namespaces')) return named.length > 0 ? named : ['kube-system', namespace];
  const { items = [] } = yield* demand(invocation, { verb: 'list', resource: 'namespaces' });
  return items.map(({ metadata }) => metadata.name ?? '');
}

function tellLogs({ view }: Invocation, pod: Pod, tell: (path: string, content: string) => void): void {
  const { namespace = '', name = '' } = pod.metadata;
  for (const { name: container } of pod.spec.containers) {
    const source = logSource(pod, container, false);
    const lines = 'container' in source ? readLog(view.rows, source.container) : [];
    const what = `logs for container ${container} of pod ${namespace}/${name} ====\n`;
    tell(
      `${namespace}/${name}/logs.txt`,
      `==== START ${what}${lines.map((line) => `${line.text}\n`).join('')}==== END ${what}`,
    );
  }
}
