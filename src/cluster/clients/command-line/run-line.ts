import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import { isEqualJson } from '../../objects/json.ts';
import { beginJob } from './jobs.ts';
import type { LineState, Session } from './line-state.ts';
import type { Capture, Exit, Progress } from './progress.ts';
import { runCompound } from './run-compound.ts';
import { runPipeline } from './run-pipeline.ts';
import type { Shell } from './shell.ts';
import type { ShellLine, Step } from './shell-line.ts';

/** How a look at a line came out: it has ended, with what it leaves behind, or it has to wait. */
export type LineOutcome =
  | { readonly exitCode: number; readonly session?: Partial<Session> }
  | { readonly state: LineState; readonly wakeAt?: number };

/** One look at a line: plays it from where it stands until it ends or has to wait. */
export function* runLine(
  line: ShellLine,
  state: LineState,
  shell: Shell,
): Generator<Deed, LineOutcome, Response> {
  const { session = {} } = state;
  const progress: Progress = {
    shell,
    ...(state.running === undefined ? {} : { resumed: state.running }),
    finished: [...state.finished],
    next: 0,
    variables: new Map(Object.entries(shell.session.variables)),
    exported: new Set(shell.session.exported),
    status: 0,
    ...(session.kubeconfig === undefined ? {} : { kubeconfig: session.kubeconfig }),
    ...(session.files === undefined ? {} : { written: session.files }),
    ...(session.removed === undefined ? {} : { removed: session.removed }),
    place: session.place ?? shell.place,
    onMachine: new Map(),
    runLists,
  };
  const exitCode = yield* runLists(line, progress, undefined);
  const { finished, paused } = progress;
  const left = leftBehind(progress, exitCode !== undefined);
  const changed = Object.keys(left).length === 0 ? {} : { session: left };
  if (exitCode !== undefined) return { exitCode, ...changed };
  const running = paused === undefined ? {} : { running: paused.running };
  return {
    state: { finished, ...running, ...changed },
    ...(paused?.wakeAt === undefined ? {} : { wakeAt: paused.wakeAt }),
  };
}

/**
 * What later lines find changed. A line that goes on sets its variables again from its beginning, so they are
 * left when it ends.
 */
function leftBehind(progress: Progress, isOver: boolean): Partial<Session> {
  const { kubeconfig, written, removed, place, shell } = progress;
  const variables = Object.fromEntries(progress.variables);
  const exported = [...progress.exported];
  return {
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(written === undefined ? {} : { files: written }),
    ...(removed === undefined ? {} : { removed }),
    ...(isEqualJson(place, shell.place) ? {} : { place }),
    ...(!isOver || isEqualJson(variables, shell.session.variables) ? {} : { variables }),
    ...(!isOver || isEqualJson(exported, shell.session.exported) ? {} : { exported }),
  };
}

function* runLists({ lists }: ShellLine, progress: Progress, capture: Capture | undefined): Exit {
  let exitCode = 0;
  for (const { first, rest, job } of lists) {
    if (job !== undefined) {
      yield* beginJob(job, progress);
      exitCode = progress.status = 0;
      continue;
    }
    const begun = yield* runStep(first, progress, capture);
    if (begun === undefined) return undefined;
    exitCode = progress.status = begun;
    for (const { operator, step } of rest) {
      if ((operator === '&&') !== (exitCode === 0)) continue;
      const next = yield* runStep(step, progress, capture);
      if (next === undefined) return undefined;
      exitCode = progress.status = next;
    }
  }
  return exitCode;
}

function runStep(step: Step, progress: Progress, capture: Capture | undefined): Exit {
  return step.type === 'pipeline'
    ? runPipeline(step, progress, capture)
    : runCompound(step, progress, capture);
}
