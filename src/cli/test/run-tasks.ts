import { Worker } from 'node:worker_threads';
import { resultWithout } from '../../suite/case.ts';
import type { TimedResult } from '../../suite/report.ts';
import { runTask } from './run-task.ts';
import type { Task } from './task.ts';

export interface Running {
  /** How many threads. */
  readonly jobs: number;
  /** No further case is begun once so many have not passed. */
  readonly bail?: number;
  /** How long a task will take beside the others, in any unit: with several threads the longest go first. */
  readonly weightOf?: (task: Task) => number;
  readonly ended: (result: TimedResult) => void;
}

/**
 * Runs tasks, several at a time; results come back in the order of the tasks, without those that were left.
 */
export async function runTasks(tasks: readonly Task[], running: Running): Promise<readonly TimedResult[]> {
  const results = new Map<number, TimedResult>();
  const jobs = Math.min(running.jobs, tasks.length);
  const queue = createQueue(inTurn(tasks, { ...running, jobs }), running.bail);
  const done = (index: number, result: TimedResult): void => {
    results.set(index, result);
    queue.ended(result);
    running.ended(result);
  };
  if (jobs <= 1) {
    for (let next = queue.next(); next; next = queue.next()) done(next.index, runTask(next.task));
  } else {
    await Promise.all(Array.from({ length: jobs }, () => work(queue, done)));
  }
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

interface Turn {
  readonly index: number;
  readonly task: Task;
}

/**
 * With one long task left at the end all but one thread would have nothing to do. Who wants to know the first
 * failure keeps to the order.
 */
function inTurn(tasks: readonly Task[], { jobs, bail, weightOf }: Running): readonly Turn[] {
  const turns = tasks.map((task, index) => ({ index, task }));
  if (jobs <= 1 || bail !== undefined || !weightOf) return turns;
  const weights = tasks.map(weightOf);
  return turns.sort((a, b) => (weights[b.index] ?? 0) - (weights[a.index] ?? 0) || a.index - b.index);
}

interface Queue {
  next(): Turn | undefined;
  ended(result: TimedResult): void;
}

function createQueue(turns: readonly Turn[], bail = Number.POSITIVE_INFINITY): Queue {
  let begun = 0;
  let failed = 0;
  return {
    next() {
      return failed < bail ? turns[begun++] : undefined;
    },
    ended({ outcome }) {
      if (outcome !== 'passed') failed++;
    },
  };
}

/** Beside this file once it is bundled. */
const WORKER = new URL('./test-worker.js', import.meta.url);

/** One thread, which works until nothing is left. It dies with whatever it can't survive, and is replaced. */
async function work(queue: Queue, done: (index: number, result: TimedResult) => void): Promise<void> {
  let worker = new Worker(WORKER);
  for (let next = queue.next(); next; next = queue.next()) {
    const { index, task } = next;
    const answer = await answerOf(worker, task);
    if ('result' in answer) done(index, answer.result);
    else {
      done(index, lost(task, answer.why));
      worker = new Worker(WORKER);
    }
  }
  await worker.terminate();
}

type Answer = { readonly result: TimedResult } | { readonly why: string };

function answerOf(worker: Worker, task: Task): Promise<Answer> {
  return new Promise((resolve) => {
    const answered = (result: TimedResult): void => settle({ result });
    const broke = (error: Error): void => settle({ why: error.stack ?? error.message });
    const ended = (code: number): void => settle({ why: `its thread ended with ${code}` });
    const settle = (answer: Answer): void => {
      worker.off('message', answered).off('error', broke).off('exit', ended);
      resolve(answer);
    };
    worker.once('message', answered).once('error', broke).once('exit', ended);
    worker.postMessage(task);
  });
}

function lost({ of }: Task, why: string): TimedResult {
  return { ...resultWithout(of, 'failed', { kind: 'bug', what: of.name, why }), wallMs: 0 };
}
