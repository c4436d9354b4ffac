import { parseImageName } from '../../../../objects/image-name.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { Service } from '../../../../objects/kubernetes.ts';
import { withLastApplied } from '../../../../objects/last-applied.ts';
import { array, bool, duration, type Flag, text } from '../../../flags/flag.ts';
import { type Failure, fail, failUsage, failWith } from '../../failure.ts';
import { CREATE_FLAGS, FILE_FLAGS, RECORD_FLAG } from '../../flags/common-flags.ts';
import { ask, DONE, type Invocation, type Steps } from '../../invocation.ts';
import { type DryRun, readDryRun } from '../../output/dry-run.ts';
import { reportObject } from '../../output/report-object.ts';
import { OVERRIDE_FLAGS } from '../../overrides.ts';
import { recorded } from '../../record.ts';
import type { Verb } from '../../verb.ts';
import { resourceOfObject } from '../create/imperative.ts';
import { typedMeta, withoutNulls } from '../create/typed-object.ts';
import { DELETION_FLAGS } from '../delete.ts';
import { refuseShell } from '../exec.ts';
import { type AttachMemory, attachToPod } from './attach-to-pod.ts';
import { labelsOfRun, podOfRun } from './pod-of-run.ts';

const FLAGS: readonly Flag[] = [
  ...CREATE_FLAGS,
  ...FILE_FLAGS,
  ...DELETION_FLAGS,
  RECORD_FLAG,
  array('annotations'),
  bool('attach'),
  bool('command'),
  array('env'),
  bool('expose'),
  text('image'),
  text('image-pull-policy'),
  text('l,labels'),
  bool('leave-stdin-open'),
  ...OVERRIDE_FLAGS,
  duration('pod-running-timeout', '1m0s'),
  text('port'),
  bool('privileged'),
  bool('q,quiet'),
  text('restart', 'Always'),
  bool('rm'),
  bool('i,stdin'),
  bool('t,tty'),
  bool('wait'),
];

/** `-i`, `-it`, `--stdin`. */
const TYPING = /^-(?:[a-z]*i[a-z]*|-stdin)$/;

export const run: Verb = {
  name: 'run',
  flags: FLAGS,
  required: ['image'],
  refusal: (words, context) =>
    words.some(({ text: word }) => TYPING.test(word)) ? refuseShell(words, context) : undefined,
  run: runPod,
};

function* runPod(invocation: Invocation): Steps {
  const memory = invocation.call.memory as AttachMemory | undefined;
  if (memory !== undefined) return yield* attachToPod(invocation, memory);
  const { args, flags, path } = invocation;
  const [name = ''] = args;
  if (name === '' || invocation.dashAt === 0) failUsage(path, 'NAME is required for run');
  const attaches = flags.isSet('attach') ? flags.bool('attach') : flags.bool('stdin') || flags.bool('tty');
  const dryRun = readDryRun(invocation);
  checkCall(invocation, attaches, dryRun);
  const restartPolicy = readRestartPolicy(invocation);
  const pod = yield* createRunObject(invocation, podOfRun(invocation, name, restartPolicy), dryRun);
  if ('failure' in pod) {
    failWith([pod.failure]);
    return DONE;
  }
  const failures: Failure[] = [];
  if (flags.bool('expose')) {
    const service = yield* createRunObject(invocation, serviceOf(invocation, name), dryRun);
    if ('failure' in service) failures.push(service.failure);
    else report(invocation, service.object, dryRun);
    if (flags.text('output') === 'yaml') invocation.out('---\n---\n');
  }
  if (!attaches) {
    report(invocation, pod.object, dryRun);
    failWith(failures);
    return DONE;
  }
  const { uid = '' } = pod.object.metadata;
  const timeoutAt = invocation.call.now + flags.duration('pod-running-timeout');
  return yield* attachToPod(invocation, { name, uid, stage: 'starting', timeoutAt, restartPolicy });
}

function checkCall({ flags, path }: Invocation, attaches: boolean, dryRun: DryRun): void {
  const image = flags.text('image');
  if (image === '') fail('--image is required');
  if (parseImageName(image) === undefined) {
    fail(`Invalid image name "${image}": invalid reference format`);
  }
  if (flags.bool('tty') && !flags.bool('stdin')) {
    failUsage(path, '-i/--stdin is required for containers with -t/--tty=true');
  }
  if (flags.bool('expose') && flags.text('port') === '') {
    failUsage(path, '--port must be set when exposing a service');
  }
  if (!attaches && flags.bool('rm')) failUsage(path, '--rm should only be used for attached containers');
  if (attaches && dryRun !== 'none') {
    failUsage(
      path,
      "--dry-run=[server|client] can't be used with attached containers options " +
        '(--attach, --stdin, or --tty)',
    );
  }
  const pullPolicy = flags.text('image-pull-policy');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pullPolicy)) {
    failUsage(path, `invalid image pull policy: ${pullPolicy}`);
  }
}

function readRestartPolicy({ flags, path }: Invocation): string {
  const policy = flags.text('restart');
  if (policy === '') return flags.bool('stdin') ? 'OnFailure' : 'Always';
  return ['Always', 'OnFailure', 'Never'].includes(policy)
    ? policy
    : failUsage(path, `invalid restart policy: ${policy}`);
}

function serviceOf(invocation: Invocation, name: string): Service {
  const port = Number(invocation.flags.text('port'));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: typedMeta(invocation, { name }),
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labelsOfRun(invocation, name) },
    status: { loadBalancer: {} },
  };
}

function* createRunObject(
  invocation: Invocation,
  made: KubeObject,
  dryRun: DryRun,
): Steps<{ readonly object: KubeObject } | { readonly failure: Failure }> {
  const noted = recorded(invocation, made, FLAGS);
  if (dryRun === 'client') return { object: noted };
  const object = invocation.flags.bool('save-config') ? withLastApplied(noted) : noted;
  const response = yield* ask(invocation, {
    verb: 'create',
    resource: resourceOfObject(object).name,
    namespace: invocation.namespace,
    object: withoutNulls(object),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
  return response.ok ? { object: response.object ?? object } : { failure: { status: response.status } };
}

function report(invocation: Invocation, object: KubeObject, dryRun: DryRun): void {
  const info = { resource: resourceOfObject(object), name: object.metadata.name ?? '' };
  reportObject(invocation, { name: info.name, object, operation: 'created', dryRun });
}
