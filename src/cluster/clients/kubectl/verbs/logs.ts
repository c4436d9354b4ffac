import { quoteGo } from '../../../objects/go-json.ts';
import type { Pod } from '../../../objects/kubernetes.ts';
import { bool, duration, int, text } from '../../flags/flag.ts';
import { fail, failUsage, failWith } from '../failure.ts';
import { SELECTOR_FLAG } from '../flags/common-flags.ts';
import { demand, type Invocation, type Steps } from '../invocation.ts';
import { demandWay } from '../pods/demand-way.ts';
import { type FollowMemory, followLogs, type LogStream } from '../pods/follow-logs.ts';
import { byLogging } from '../pods/order-pods.ts';
import { awaitFirstPod, type PodAwaited, podBehind } from '../pods/pod-behind.ts';
import { allContainers, containerNames, DEFAULT_CONTAINER, hasContainer } from '../pods/pod-containers.ts';
import type { Verb } from '../verb.ts';

export const logs: Verb = {
  name: 'logs',
  aliases: ['log'],
  flags: [
    SELECTOR_FLAG,
    bool('all-containers'),
    bool('all-pods'),
    text('c,container'),
    bool('f,follow'),
    bool('ignore-errors'),
    bool('insecure-skip-tls-verify-backend'),
    int('limit-bytes', '0'),
    int('max-log-requests', '5'),
    duration('pod-running-timeout', '20s'),
    bool('prefix'),
    bool('p,previous'),
    duration('since', '0s'),
    text('since-time'),
    int('tail', '-1'),
    bool('timestamps'),
  ],
  run: printLogs,
};

const USAGE =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";

function* printLogs(invocation: Invocation): Steps {
  const memory = invocation.call.memory as FollowMemory | PodAwaited | undefined;
  if (memory !== undefined && 'streams' in memory) return followLogs(invocation, memory);
  checkCall(invocation);
  const pods = yield* findPods(invocation);
  if (pods === undefined) return awaitFirstPod(invocation);
  for (const pod of pods) yield* demandWay(invocation, pod, 'log');
  const streams = pods.flatMap((pod) => streamsOf(invocation, pod));
  const isFollowing = invocation.flags.bool('follow');
  const limit = invocation.flags.int('max-log-requests');
  if (isFollowing && streams.length > limit) {
    fail(
      `you are attempting to follow ${streams.length} log streams, but maximum allowed concurrency is ${limit}, ` +
        'use --max-log-requests to increase the limit',
    );
  }
  const retryUntil = invocation.call.now + invocation.flags.duration('pod-running-timeout');
  return followLogs(invocation, { streams, retryUntil });
}

function checkCall({ args, flags, path }: Invocation): void {
  if (args.length > 2 || (args.length === 0 && flags.text('selector') === '')) failUsage(path, USAGE);
  if (args.length === 1 && flags.text('selector') !== '') {
    failUsage(path, 'only a selector (-l) or a POD name is allowed');
  }
  const container = args[1] ?? flags.text('container');
  if (flags.text('since-time') !== '' && flags.duration('since') !== 0) {
    fail('at most one of `sinceTime` or `sinceSeconds` may be specified');
  }
  if (flags.bool('all-containers') && container !== '') {
    fail(`--all-containers=true should not be specified with container name ${container}`);
  }
  if (flags.isSet('container') && args.length === 2) {
    fail('only one of -c or an inline [CONTAINER] arg is allowed');
  }
  const badTime = timeProblem(flags.text('since-time'));
  if (badTime !== undefined) fail(badTime);
  if (flags.int('tail') < -1) fail('--tail must be greater than or equal to -1');
  if (flags.duration('since') < 0) fail('--since must be greater than 0');
}

const TIME_PARTS: readonly (readonly [pattern: RegExp, layout: string])[] = [
  [/^\d{4}/, '2006'],
  [/^-/, '-'],
  [/^\d\d/, '01'],
  [/^-/, '-'],
  [/^\d\d/, '02'],
  [/^T/, 'T'],
  [/^\d\d/, '15'],
  [/^:/, ':'],
  [/^\d\d/, '04'],
  [/^:/, ':'],
  [/^\d\d(?:\.\d+)?/, '05'],
  [/^(?:Z|[+-]\d\d:\d\d)/, 'Z07:00'],
];

/** What Go's time.Parse says of a text that is no RFC 3339 time. */
function timeProblem(time: string): string | undefined {
  if (time === '') return undefined;
  let rest = time;
  for (const [pattern, layout] of TIME_PARTS) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) {
      const problem = `cannot parse ${quoteGo(rest)} as ${quoteGo(layout)}`;
      return `parsing time ${quoteGo(time)} as "2006-01-02T15:04:05Z07:00": ${problem}`;
    }
    rest = rest.slice(found.length);
  }
  return rest === '' ? undefined : `parsing time ${quoteGo(time)}: extra text: ${quoteGo(rest)}`;
}

function* findPods(invocation: Invocation): Steps<readonly Pod[] | undefined> {
  const { args, flags, namespace, version } = invocation;
  const [word] = args;
  if (word === undefined) {
    const labelSelector = flags.text('selector');
    const { items = [] } = yield* demand(invocation, {
      verb: 'list',
      resource: 'pods',
      namespace,
      labelSelector,
    });
    if (items.length === 0) invocation.err(`No resources found in ${namespace} namespace.\n`);
    return items as readonly Pod[];
  }
  const missing = (message: string) =>
    version.minor >= 28
      ? `error: error from server (NotFound): ${message} in namespace ${quoteGo(namespace)}`
      : `Error from server (NotFound): ${message}`;
  const unable = 'cannot get the logs from';
  const found = yield* podBehind(invocation, word, { missing, unable, order: byLogging });
  if (found === undefined) return undefined;
  const { pod, count } = found;
  if (count > 1) invocation.err(`Found ${count} pods, using pod/${pod.metadata.name}\n`);
  return [pod];
}

function streamsOf(invocation: Invocation, pod: Pod): readonly LogStream[] {
  const { name = '', namespace = '' } = pod.metadata;
  const stream = (container: string): LogStream => ({ namespace, pod: name, container });
  if (invocation.flags.bool('all-containers')) {
    const init = (pod.spec.initContainers ?? []).map((container) => stream(container.name));
    return [...init, ...pod.spec.containers.map((container) => stream(container.name))];
  }
  return [stream(chosenContainer(invocation, pod))];
}

function chosenContainer(invocation: Invocation, pod: Pod): string {
  const { args, flags, err, version } = invocation;
  const asked = args[1] ?? flags.text('container');
  const { name: podName = '' } = pod.metadata;
  if (asked !== '') {
    if (hasContainer(pod, asked)) return asked;
    const names = version.minor >= 36 ? ` out of: ${containerNames(pod)}` : '';
    return fail(`container ${asked} is not valid for pod ${podName}${names}`);
  }
  const annotated = pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '';
  if (annotated !== '') {
    if (hasContainer(pod, annotated)) return annotated;
    err(`Default container name ${quoteGo(annotated)} not found in pod ${podName}\n`);
  }
  const [first] = pod.spec.containers;
  if (first === undefined)
    return fail(`pod ${pod.metadata.namespace}/${podName} does not have any containers`);
  if (allContainers(pod).length > 1) {
    if (version.minor < 21) failAmbiguous(pod);
    err(`Defaulted container ${quoteGo(first.name)} out of: ${containerNames(pod)}\n`);
  }
  return first.name;
}

/** Before 1.21 the API server asked for a name (registry/core/pod: LogLocation). */
function failAmbiguous(pod: Pod): never {
  const names = pod.spec.containers.map(({ name }) => name).join(' ');
  const init = (pod.spec.initContainers ?? []).map(({ name }) => name).join(' ');
  const choice =
    init === ''
      ? `choose one of: [${names}]`
      : `choose one of: [${names}] or one of the init containers: [${init}]`;
  const message = `a container name must be specified for pod ${pod.metadata.name}, ${choice}`;
  failWith([{ status: { code: 400, reason: 'BadRequest', message } }]);
  throw new Error('a refusal ends the call');
}
