import type { Millis } from '../../../kernel/time/millis.ts';
import { countsRequests, nextAnswerChange } from '../images/program-behaviour.ts';
import { listenerOf } from './answer-connection.ts';
import { definitionOf } from './machine/definition-of.ts';
import type { ProcessHost } from './process-host.ts';
import type { ProcessState } from './process-state.ts';

/** How far what a listening program answers now holds. */
export interface Outlook {
  /** When it may answer something else though nothing happens to it. */
  readonly until?: Millis;
  /** What a request changes for those after it. */
  readonly notice?: string;
}

export function outlookOf(
  process: ProcessState,
  port: number,
  { host, now }: { readonly host: ProcessHost; readonly now: Millis },
): Outlook {
  const task = listenerOf({ state: process, host, now }, port);
  if (task?.kind === 'tool' && task.tool !== 'httpd') {
    return { notice: `${task.tool} takes one connection, and traffic counts as none` };
  }
  if (task?.kind !== 'program') return {};
  const program = definitionOf(host.image, task);
  const sinceMs = nextAnswerChange(program, now - task.startedAt);
  return {
    ...(sinceMs !== undefined && { until: task.startedAt + sinceMs }),
    ...(countsRequests(program) && {
      notice: 'its answers depend on how many requests came before, and those of traffic do not count',
    }),
  };
}

/** Whether it finishes the requests that it has begun, though it takes no more. */
export function isDraining({ tasks }: ProcessState): boolean {
  return Object.values(tasks).some((task) => task.kind === 'program' && task.ending?.meanwhile === 'drains');
}
