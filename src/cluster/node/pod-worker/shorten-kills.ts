import { SECOND } from '../../../kernel/time/millis.ts';
import type { Kill, WorkStep } from '../../contract/pod-worker-row.ts';
import { move, type PodContext } from './pod-context.ts';

/** Containers on their way out get less time, from now on. */
export function shortenKills(context: PodContext, graceSeconds: number): void {
  const { underWay: work } = context.worker;
  if (!work) return;
  const steps = work.steps.map(
    (step): WorkStep => (step.do === 'kill' ? { ...step, kills: step.kills.map(shorter) } : step),
  );
  move(context, { underWay: { ...work, steps } });

  function shorter(kill: Kill): Kill {
    const until = context.now + graceSeconds * SECOND;
    if (kill.at === 'gone' || kill.until === undefined || kill.until <= until) return kill;
    return { ...kill, graceSeconds: Math.min(kill.graceSeconds, graceSeconds), until };
  }
}
