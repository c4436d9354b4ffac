import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Component, Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { VerticalSample } from '../../contract/vertical-row.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { PodMetrics } from '../../objects/metrics.ts';
import {
  amountOf,
  amountOfMilli,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  wholeValue,
} from '../../objects/quantity.ts';
import {
  type Amounts,
  type ContainerPolicy,
  type ContainerRecommendation,
  policyFor,
  VERTICAL_AUTOSCALERS,
  type VerticalPodAutoscaler,
} from '../../objects/vertical/vertical-autoscaler.ts';
import { estimate, LOOK_MS, type Resources } from './estimate.ts';
import { podsOf } from './pods-of.ts';
import { type Look, verticalProgram } from './vertical-program.ts';

/** Looks once a minute at what containers use, and says what they should request. */
export const verticalRecommender: Component = verticalProgram({
  name: 'vpa-recommender',
  everyMs: LOOK_MS,
  look: recommend,
  *forget({ rows }, key) {
    if (rows.row('verticals', key)) yield { type: 'UsageSampled', about: key };
  },
});

function* recommend(view: View, autoscaler: VerticalPodAutoscaler, { key, now }: Look): Reaction {
  const used = yield* usedBy(view, autoscaler);
  if (!used) return;
  const before = view.rows.row('verticals', key)?.samples.at(-1)?.used;
  if (!isEqualJson(used, before ?? {})) yield { type: 'UsageSampled', about: key, used };
  const samples = view.rows.row('verticals', key)?.samples ?? [];
  const names = Object.keys(used).sort();
  const containerRecommendations = names.flatMap(
    (container) =>
      recommendationFor(samples, {
        container,
        containers: names.length,
        now,
        policy: policyFor(autoscaler, container),
      }) ?? [],
  );
  if (containerRecommendations.length === 0) return;
  yield* tellStatus(view, autoscaler, { now, containerRecommendations });
}

function* usedBy(view: View, autoscaler: VerticalPodAutoscaler): Doing<VerticalSample['used'] | undefined> {
  const found = yield* podsOf(view, autoscaler);
  if (!found) return undefined;
  const { namespace = '' } = autoscaler.metadata;
  const resource = 'pods.metrics.k8s.io';
  const answer = yield { verb: 'list', resource, namespace, labelSelector: found.selector };
  if (!answer.ok) return undefined;
  const used: Record<string, (readonly [number, number])[]> = {};
  for (const { containers } of (answer.items ?? []) as unknown as readonly PodMetrics[]) {
    for (const { name, usage } of containers) {
      const nano = Number(parseQuantity(usage.cpu)?.nano ?? 0n);
      const list = used[name] ?? [];
      list.push([nano, wholeValue(usage.memory)]);
      used[name] = list;
    }
  }
  return used;
}

interface Wanted {
  readonly container: string;
  readonly containers: number;
  readonly now: Millis;
  readonly policy: ContainerPolicy;
}

function recommendationFor(
  samples: readonly VerticalSample[],
  { policy, ...wanted }: Wanted,
): ContainerRecommendation | undefined {
  if (policy.mode === 'Off') return undefined;
  const found = estimate(samples, wanted);
  return (
    found && {
      containerName: wanted.container,
      lowerBound: amounts(found.lower, policy),
      target: amounts(found.target, policy),
      uncappedTarget: amounts(found.target, {}),
      upperBound: amounts(found.upper, policy),
    }
  );
}

/** Within what is allowed; `262144k`, as the recommender writes bytes. */
function amounts({ cpu, memory }: Resources, policy: ContainerPolicy): Amounts {
  const { controlledResources = ['cpu', 'memory'] } = policy;
  const all: Readonly<Record<string, string>> = {
    cpu: within('cpu', formatQuantity(amountOfMilli(cpu)), policy),
    memory: within('memory', formatQuantity(amountOf(memory)), policy),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => controlledResources.includes(name)));
}

function within(name: string, value: string, { minAllowed = {}, maxAllowed = {} }: ContainerPolicy): string {
  const least = minAllowed[name];
  const most = maxAllowed[name];
  const atLeast = least !== undefined && compareQuantities(value, least) < 0 ? least : value;
  return most !== undefined && compareQuantities(atLeast, most) > 0 ? most : atLeast;
}

interface Told {
  readonly now: Millis;
  readonly containerRecommendations: readonly ContainerRecommendation[];
}

function* tellStatus(
  { settings }: View,
  autoscaler: VerticalPodAutoscaler,
  { now, containerRecommendations }: Told,
): Reaction {
  const { conditions = [] } = autoscaler.status ?? {};
  const known = conditions.find(({ type }) => type === 'RecommendationProvided');
  const status = {
    conditions: [
      known ?? {
        type: 'RecommendationProvided',
        status: 'True',
        lastTransitionTime: formatRfc3339(settings.epochMs + now),
      },
    ],
    recommendation: { containerRecommendations },
  };
  if (isEqualJson(status, autoscaler.status ?? {})) return;
  const { namespace = '', name = '' } = autoscaler.metadata;
  const resource = VERTICAL_AUTOSCALERS;
  yield {
    verb: 'patch',
    resource,
    subresource: 'status',
    namespace,
    name,
    patchType: 'merge',
    patch: { status },
  };
}
