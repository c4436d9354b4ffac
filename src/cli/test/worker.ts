import { parentPort } from 'node:worker_threads';
import { runTask } from './run-task.ts';
import type { Task } from './task.ts';

/** The other end of a pool: one task after another, each answered with its result. */
parentPort?.on('message', (task: Task) => parentPort?.postMessage(runTask(task)));
