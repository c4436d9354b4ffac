import { type ConditionContext, checkCondition, saysSomething } from './check-condition.ts';
import type { ExpectationDocument, StateDocument } from './schema/scenario-schema.ts';
import type { Story } from './stories.ts';

const WATCHES = ['always', 'never', 'eventually'] as const;

/** Reports what is wrong with an expectation of a step though its shape is right. */
export function checkExpectation(expectation: ExpectationDocument, context: ConditionContext): void {
  const { path, report } = context;
  const { until } = expectation;
  const watches = WATCHES.filter((key) => expectation[key] !== undefined);
  if (saysSomething(expectation) || watches.length === 0) checkCondition(expectation, context);
  else {
    for (const key of ['within', 'for', 'until'] as const) {
      if (expectation[key] === undefined) continue;
      const hint = `put it inside "${watches[0]}"`;
      report('conflicting-keys', [...path, key], { message: `"${key}" of nothing`, hint, aim: 'key' });
    }
  }
  if (until) {
    checkCondition(until, { ...context, path: [...path, 'until'], ofCluster: true });
    if (expectation.for !== undefined) {
      const message = 'it lasts until something is so, or for some time';
      report('conflicting-keys', [...path, 'for'], { message, hint: 'keep one of the two', aim: 'key' });
    }
  }
  for (const key of watches) {
    const watch = expectation[key];
    if (watch) checkWatch(key, watch, { ...context, path: [...path, key] });
  }
}

/** What is watched during all of a story. */
export function checkWatches(
  { watched, path }: Pick<Story, 'watched' | 'path'>,
  context: Omit<ConditionContext, 'path'>,
): void {
  for (const key of WATCHES)
    for (const [index, watch] of (watched[key] ?? []).entries())
      checkWatch(key, watch, { ...context, path: [...path, key, index] });
}

interface Watched extends StateDocument {
  readonly for?: string | undefined;
  readonly until?: StateDocument | undefined;
  readonly through?: 'step' | 'end' | undefined;
}

function checkWatch(form: (typeof WATCHES)[number], watch: Watched, context: ConditionContext): void {
  const { path, report } = context;
  checkCondition(watch, { ...context, ofCluster: true });
  if (watch.until) checkCondition(watch.until, { ...context, path: [...path, 'until'], ofCluster: true });
  for (const key of ['for', 'until'] as const) {
    const isTwice = key === 'for' && form === 'always' && watch.until !== undefined;
    if (watch[key] === undefined || (watch.through !== 'step' && !isTwice)) continue;
    const message = isTwice ? 'it lasts until something is so, or for some time' : 'it ends with the step';
    report('conflicting-keys', [...path, key], { message, hint: 'keep one of the two', aim: 'key' });
  }
  if (form !== 'always' || !watch.logs) return;
  report('conflicting-keys', [...path, 'logs'], {
    message: 'logs only grow: an invariant cannot be about them',
    hint: 'say it under "never" or "eventually", or expect it at a step',
    aim: 'key',
  });
}
