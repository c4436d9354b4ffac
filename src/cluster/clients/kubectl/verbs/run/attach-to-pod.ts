import type { Millis } from '../../../../../kernel/time/millis.ts';
import { isConditionTrue } from '../../../../objects/conditions.ts';
import type { Pod } from '../../../../objects/kubernetes.ts';
import { isTerminal } from '../../../../objects/pod-phase.ts';
import { resourceNamed } from '../../../../objects/schema/resources.ts';
import type { Awaited, Outcome } from '../../../program.ts';
import { type Failure, fail, failWith, KubectlExit } from '../../failure.ts';
import { DONE, type Invocation, type Steps } from '../../invocation.ts';
import { logSource, readLog } from '../../pods/container-log.ts';
import { giveToContainer } from '../../pods/piped-input.ts';
import { deleteOne, readCascade } from '../delete.ts';

/** What a `run` that stays with its pod remembers. */
export interface AttachMemory {
  readonly name: string;
  readonly uid: string;
  /** Until it is ready or over; while it runs; until its phase says how it ended. */
  readonly stage: 'starting' | 'attached' | 'ending';
  readonly timeoutAt: Millis;
  readonly restartPolicy: string;
  /** The key of the container's row, and how many lines of its log have been printed. */
  readonly source?: string;
  readonly taken?: number;
}

/**
 * Waits for the pod, prints what it prints until it is over, and ends as it ended; with --rm the pod is
 * deleted then (kubectl: run.go handleAttachPod).
 */
export function* attachToPod(invocation: Invocation, memory: AttachMemory): Steps {
  let outcome: Outcome;
  try {
    outcome = proceed(invocation, memory);
  } catch (thrown) {
    if (thrown instanceof KubectlExit) yield* remove(invocation, memory);
    throw thrown;
  }
  if ('exitCode' in outcome) yield* remove(invocation, memory);
  else if (memory.stage === 'starting') yield* endInput(invocation, outcome.pause.memory as AttachMemory);
  return outcome;
}

/** Gets what was piped; nobody types, and input that is open once ends with whoever was attached. */
function* endInput(invocation: Invocation, { stage, source = '' }: AttachMemory): Steps<void> {
  const { view, flags } = invocation;
  const row = view.rows.row('containers', source);
  if (stage === 'attached' && row && flags.bool('stdin'))
    yield* giveToContainer(invocation, row, !flags.bool('leave-stdin-open'));
}

function proceed(invocation: Invocation, memory: AttachMemory): Outcome {
  const pod = invocation.view.objects.get<Pod>('pods', invocation.namespace, memory.name);
  if (pod === undefined || pod.metadata.uid !== memory.uid) {
    const failure: Failure = {
      status: { code: 404, reason: 'NotFound', message: `pods "${memory.name}" not found` },
    };
    failWith([failure]);
    throw new Error('a failure ends the call');
  }
  switch (memory.stage) {
    case 'starting':
      return awaitStart(invocation, memory, pod);
    case 'attached':
      return follow(invocation, memory, pod);
    case 'ending':
      return awaitEnd(invocation, memory, pod);
  }
}

function awaitStart(invocation: Invocation, memory: AttachMemory, pod: Pod): Outcome {
  const isUp = pod.status?.phase === 'Running' && isConditionTrue(pod.status.conditions, 'Ready');
  if (!isUp && !isTerminal(pod)) return pause(invocation, memory);
  const source = logSource(pod, pod.spec.containers[0]?.name ?? '', false);
  const container = 'container' in source ? source.container : undefined;
  const lines = container === undefined ? [] : readLog(invocation.view.rows, container);
  invocation.out(lines.map(({ text }) => `${text}\n`).join(''));
  if (isTerminal(pod) || container === undefined) return awaitEnd(invocation, memory, pod);
  if (!invocation.flags.bool('quiet')) {
    if (invocation.version.minor >= 34) {
      invocation.err(
        'All commands and output from this session will be recorded in container logs, including credentials and ' +
          'sensitive information passed through the command prompt.\n',
      );
    }
    invocation.err("If you don't see a command prompt, try pressing enter.\n");
  }
  return follow(invocation, { ...memory, stage: 'attached', source: container, taken: lines.length }, pod);
}

function follow(invocation: Invocation, memory: AttachMemory, pod: Pod): Outcome {
  const { rows } = invocation.view;
  const container = memory.source ?? '';
  const lines = readLog(rows, container);
  invocation.out(
    lines
      .slice(memory.taken ?? 0)
      .map(({ text }) => `${text}\n`)
      .join(''),
  );
  const next: AttachMemory = { ...memory, taken: lines.length };
  const row = rows.row('containers', container);
  if (row !== undefined && row.exit === undefined) {
    const awaits: Awaited[] = [
      { type: 'log', container, seen: rows.rowsBy('logs', 'container', container).length },
    ];
    return { pause: { memory: next, awaits } };
  }
  if (memory.restartPolicy === 'Always' || invocation.flags.bool('leave-stdin-open')) return DONE;
  const timeoutAt = invocation.call.now + invocation.flags.duration('pod-running-timeout');
  return awaitEnd(invocation, { ...next, stage: 'ending', timeoutAt }, pod);
}

function awaitEnd(invocation: Invocation, memory: AttachMemory, pod: Pod): Outcome {
  const { phase } = pod.status ?? {};
  if (phase === 'Succeeded') return DONE;
  if (phase !== 'Failed') return pause(invocation, { ...memory, stage: 'ending' });
  const { namespace, name } = pod.metadata;
  const ended = pod.status?.containerStatuses?.[0]?.state?.terminated;
  if (ended === undefined || ended.exitCode === 0)
    return fail(`pod ${namespace}/${name} failed with unknown exit code`);
  const words = `pod ${namespace}/${name} terminated (${ended.reason ?? ''})\n${ended.message ?? ''}`;
  throw new KubectlExit(words.replace(/\n$/, ''), ended.exitCode);
}

function pause({ call, namespace }: Invocation, memory: AttachMemory): Outcome {
  if (call.now >= memory.timeoutAt) fail('timed out waiting for the condition');
  const watches = [{ resource: 'pods', namespace, name: memory.name }];
  return { pause: { memory, wakeAt: memory.timeoutAt, watches } };
}

function* remove(invocation: Invocation, { name }: AttachMemory): Steps<void> {
  const resource = resourceNamed('pods');
  if (!invocation.flags.bool('rm') || resource === undefined) return;
  const info = { resource, namespace: invocation.namespace, name };
  const { flags } = invocation;
  yield* deleteOne(invocation, info, {
    grace: flags.int('grace-period'),
    dryRun: 'none',
    propagation: readCascade(invocation),
  });
}
