import type { JsonObject } from '../../cluster/objects/json.ts';
import { plansIn } from '../branch-scenario.ts';
import type { Condition, TrafficCondition } from '../condition.ts';
import type { Step, TrafficOrder, Watch } from '../scenario.ts';

/** Steps whose clients count what somebody asks about them, and nothing more: it would stand in every log. */
export function withMeasures(steps: readonly Step[], watches: readonly Watch[]): readonly Step[] {
  const plans = plansIn(steps);
  const all = [...steps, ...plans.flatMap((plan) => plan.steps)];
  const watched = [...watches, ...plans.flatMap((plan) => plan.watches)];
  const asked = [...all.flatMap(conditionsOfStep), ...watched.flatMap(conditionsOfWatch)].filter(
    (condition): condition is TrafficCondition => condition.of === 'traffic',
  );
  if (asked.length === 0) return steps;
  return steps.map((step) => withMeasure(step, asked));
}

function withMeasure(step: Step, asked: readonly TrafficCondition[]): Step {
  const { traffic, branch } = step;
  const inner = branch?.steps.map((each) => withMeasure(each, asked));
  return {
    ...step,
    ...(traffic?.start && { traffic: measured(traffic, asked) }),
    ...(branch && inner && { branch: { ...branch, steps: inner } }),
  };
}

function conditionsOfStep({ parts }: Step): readonly Condition[] {
  return parts.flatMap((part) =>
    part.kind === 'expect' || part.kind === 'until'
      ? [...part.conditions, ...((part.kind === 'expect' && part.until?.conditions) || [])]
      : [],
  );
}

function conditionsOfWatch({ conditions, until }: Watch): readonly Condition[] {
  return [...conditions, ...(until?.conditions ?? [])];
}

function measured(order: TrafficOrder, asked: readonly TrafficCondition[]): TrafficOrder {
  const { client, start } = order;
  const own = asked.filter((condition) => condition.client === undefined || condition.client === client);
  const remembersMs = Math.max(0, ...own.map(({ lastMs = 0 }) => lastMs));
  const measures = own.some(({ wanted }) => (wanted as JsonObject)['latency'] !== undefined);
  if (!start || (remembersMs === 0 && !measures)) return order;
  const more = { ...(measures && { measures: true as const }), ...(remembersMs > 0 && { remembersMs }) };
  return { ...order, start: { ...start, ...more } };
}
