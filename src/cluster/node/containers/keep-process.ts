import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ContainerExit, ProcessRow } from '../../contract/machine-rows.ts';
import type { Advanced } from '../processes/advance.ts';
import { applyFileEffects } from '../processes/apply-file-effects.ts';
import type { ProcessHost } from '../processes/process-host.ts';
import type { Exit, ProcessState } from '../processes/process-state.ts';
import { applyEffects, logOutput } from './apply-effects.ts';
import { hasOwnFiles } from './places.ts';
import { isMoreThanSteps, processChange } from './process-change.ts';
import { nextDeedAt, nextMoveAt, shows } from './run-ahead.ts';
import type { Running } from './running.ts';

/** Something that makes a process go on. */
export type Push = (state: ProcessState, host: ProcessHost) => Advanced;

interface Pushing {
  readonly pushes: readonly Push[];
  /** How many signals are among them. */
  readonly signalled?: number;
  /** Input is among them. */
  readonly tookInput?: true;
  readonly now: Millis;
}

/** Lets a container's process go on by one push after another, and writes down what came of it. */
export function* pushProcess(
  view: View,
  running: Running,
  { pushes, signalled = 0, tookInput, now }: Pushing,
): Doing<void> {
  const { row, process } = running;
  let { state, host } = running;
  let hasShown = false;
  for (const push of pushes) {
    if (state.exit) break;
    const advanced = push(state, host);
    yield* applyEffects(view, { row, effects: advanced.effects, now });
    yield* logOutput(row, advanced.effects, true);
    hasShown ||= shows(advanced);
    state = advanced.process;
    const files = applyFileEffects(host.files, advanced.effects);
    if (files !== host.files) host = { ...host, files };
  }
  const { node, pod, id: container } = row;
  const ending = state.exit && endingOf(view, process, { exit: state.exit, now });
  // What shows now and again is not looked for ahead of time.
  const isAhead = !hasShown && hasOwnFiles(view, row);
  const until = isAhead ? nextDeedAt(state, host, now) : nextMoveAt(state, host, now);
  const change = processChange(process.state, state);
  const isEvent = ending !== undefined || signalled > 0 || tookInput;
  // A server that has answered and waits for the next is what it was.
  if (!isEvent && until === process.until && !isMoreThanSteps(change)) return;
  yield {
    type: 'ProcessAdvanced',
    node,
    pod,
    container,
    ...change,
    ...(until !== undefined && !ending && { until }),
    ...(ending && { ending }),
    ...(signalled > 0 && { signalled }),
    ...(tookInput && { tookInput }),
  };
}

/** The runtime notices a little after a process has ended. */
function endingOf(
  view: View,
  { container, memoryExhausted }: ProcessRow,
  { exit, now }: { readonly exit: Exit; readonly now: Millis },
): ContainerExit {
  const [low, high] = view.settings.latencies.containerExit;
  const at = now + drawWhole(view.chance, low, high, 'container exit', container);
  const reason = memoryExhausted ? 'OOMKilled' : exit.code === 0 ? 'Completed' : 'Error';
  return { at, code: exit.code, reason };
}
