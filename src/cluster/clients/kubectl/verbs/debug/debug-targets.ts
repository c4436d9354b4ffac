import { drawMany } from '../../../../../kernel/chance/draw.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { Container, EphemeralContainer, Node, Pod } from '../../../../objects/kubernetes.ts';
import { NAME_DRAWS, randomSuffix } from '../../../../objects/names.ts';
import { patchBetween } from '../../change-object.ts';
import { fail } from '../../failure.ts';
import { demand, type Invocation, type Steps } from '../../invocation.ts';
import type { Debugged } from './attach-to-debugger.ts';
import type { DebugCall } from './debug-call.ts';
import { withProfile } from './profiles.ts';

/** A container is added to the pod itself (kubectl: debug.go debugByEphemeralContainer). */
export function* addEphemeral(invocation: Invocation, pod: Pod, call: DebugCall): Steps<Debugged> {
  const { name: podName = '', namespace = '' } = pod.metadata;
  const name = debuggerName(invocation, pod);
  const target = invocation.flags.text('target');
  const container = {
    ...newContainer(invocation, name, call),
    ...(target && { targetContainerName: target }),
  };
  const { spec } = withProfile(
    { style: 'ephemeral', pod: aloneIn(container), container: name },
    invocation,
    call,
  );
  const [ephemeral] = spec.containers;
  const ephemeralContainers = [...(pod.spec.ephemeralContainers ?? []), ephemeral as EphemeralContainer];
  const changed: Pod = { ...pod, spec: { ...pod.spec, ephemeralContainers } };
  const patch = patchBetween(pod as KubeObject, changed as KubeObject, 'strategic');
  yield* demand(invocation, {
    verb: 'patch',
    resource: 'pods',
    subresource: 'ephemeralcontainers',
    namespace,
    name: podName,
    patchType: 'strategic',
    patch,
  });
  return { pod: podName, namespace, container: name };
}

/** The pod that the changes of a profile are made in, before the container is handed over. */
function aloneIn(container: EphemeralContainer): Pod {
  return { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: { containers: [container as Container] } };
}

/**
 * A pod like the one that is meant, with another container or another image
 * (generatePodCopyWithDebugContainer).
 */
export function* createCopy(invocation: Invocation, pod: Pod, call: DebugCall): Steps<Debugged> {
  const { flags } = invocation;
  const { namespace = '', annotations, labels, name: original = '' } = pod.metadata;
  const { ephemeralContainers: _, nodeName, ...spec } = pod.spec;
  const images = Object.fromEntries(flags.list('set-image').map((pair) => pair.split(/=(.*)/s)));
  const containers = spec.containers.map((container) => {
    const image = images[container.name] ?? images['*'];
    return image === undefined ? container : { ...container, image };
  });
  const copy: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: flags.text('copy-to'),
      namespace,
      ...(annotations && { annotations }),
      ...(labels && { labels }),
    },
    spec: {
      ...spec,
      containers,
      ...(flags.isSet('share-processes') && { shareProcessNamespace: flags.bool('share-processes') }),
      ...(flags.bool('same-node') && nodeName !== undefined && { nodeName }),
    },
  };
  const changed = changeCopy(invocation, copy, call);
  yield* demand(invocation, { verb: 'create', resource: 'pods', namespace, object: changed.pod });
  if (flags.bool('replace'))
    yield* demand(invocation, {
      verb: 'delete',
      resource: 'pods',
      namespace,
      name: original,
      gracePeriodSeconds: 0,
    });
  return { pod: flags.text('copy-to'), namespace, container: changed.container };
}

function changeCopy(invocation: Invocation, copy: Pod, call: DebugCall): { pod: Pod; container: string } {
  const { flags } = invocation;
  const asked = flags.text('container');
  const known = copy.spec.containers.find(({ name }) => name === asked);
  if (known === undefined && flags.text('image') === '') {
    if (flags.list('set-image').length > 0) return { pod: copy, container: '' };
    fail('you must specify image when creating new container');
  }
  const name = known?.name ?? debuggerName(invocation, copy);
  const { resources: _, ...fresh } = newContainer(invocation, name, call);
  const { args: __, ...kept } = known ?? { name };
  const base = call.command.length > 0 ? kept : (known ?? { name });
  const changed = {
    ...base,
    ...fresh,
    ...(flags.text('image') === '' && known?.image && { image: known.image }),
  };
  const containers = known
    ? copy.spec.containers.map((each) => (each.name === name ? changed : each))
    : [...copy.spec.containers, changed];
  const pod = { ...copy, spec: { ...copy.spec, containers } };
  return { pod: withProfile({ style: 'copy', pod, container: name }, invocation, call), container: name };
}

/** A pod in the namespaces of the machine itself (kubectl: debug.go generateNodeDebugPod). */
export function* createNodePod(invocation: Invocation, node: Node, call: DebugCall): Steps<Debugged> {
  const { flags, namespace, out } = invocation;
  const container = flags.text('container') || 'debugger';
  const { name: nodeName = '' } = node.metadata;
  const name = `node-debugger-${nodeName}-${suffix(invocation, nodeName)}`;
  if (!flags.bool('quiet'))
    out(`Creating debugging pod ${name} with container ${container} on node ${nodeName}.\n`);
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      containers: [newContainer(invocation, container, call)],
      nodeName,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
  };
  const object = withProfile({ style: 'node', pod, container }, invocation, call);
  yield* demand(invocation, { verb: 'create', resource: 'pods', namespace, object });
  return { pod: name, namespace, container };
}

function newContainer({ flags }: Invocation, name: string, { command }: DebugCall): Container {
  const env = flags.list('env').map((pair) => {
    const [key = '', value = ''] = pair.split(/=(.*)/s);
    return { name: key, value };
  });
  const pullPolicy = flags.text('image-pull-policy');
  return {
    name,
    ...(flags.text('image') !== '' && { image: flags.text('image') }),
    ...(command.length > 0 && { [flags.bool('arguments-only') ? 'args' : 'command']: [...command] }),
    ...(env.length > 0 && { env }),
    ...(pullPolicy !== '' && { imagePullPolicy: pullPolicy }),
    ...(flags.bool('stdin') && { stdin: true }),
    ...(flags.bool('tty') && { tty: true }),
    terminationMessagePolicy: 'File',
    resources: {},
  };
}

function debuggerName(invocation: Invocation, pod: Pod): string {
  const { flags, out } = invocation;
  if (flags.text('container') !== '') return flags.text('container');
  const name = `debugger-${suffix(invocation, pod.metadata.name ?? '')}`;
  if (!flags.bool('quiet')) out(`Defaulting debug container name to ${name}.\n`);
  return name;
}

function suffix({ view, call }: Invocation, of: string): string {
  const { count, below } = NAME_DRAWS;
  return randomSuffix(drawMany(view.chance, count, below, 'debugger', call.command, call.instance, of));
}
