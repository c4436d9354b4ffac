import { compareText, isObject } from '../cluster/objects/json.ts';
import type { CoreEvent } from '../cluster/objects/kubernetes.ts';
import { formatLabelSelector, matchesLabels, parseLabelSelector } from '../cluster/objects/label-selector.ts';
import { type Resource, resourceOf } from '../cluster/objects/schema/resources.ts';
import { nearMiss } from '../cluster/objects/shape/near-miss.ts';
import { servedResources } from '../cluster/world/served-resources.ts';
import { viewOf } from '../cluster/world/view-of.ts';
import type { World } from '../cluster/world/world.ts';
import type { Millis } from '../kernel/time/millis.ts';
import { askKubectl } from '../report/ask-kubectl.ts';
import { formatClock } from '../report/clock.ts';
import { compileConditions } from '../scenario/language/compile-condition.ts';
import { matchValue } from '../scenario/matching/match-value.ts';
import { logsOf } from '../scenario/teller/logs-of.ts';
import type { KindName, ObjectOf } from './kinds.ts';
import type { Moment, Where, WhichOnes } from './moment.ts';
import { Refused } from './refused.ts';

/** Reads a world; what time it is there may be later than its last entry. */
export function momentOf(world: World, now: Millis): Moment {
  const view = viewOf(world);
  if (!view) throw new Refused('there is no cluster yet at this instant');
  const { objects, settings } = view;
  const resources = servedResources(objects);
  const spaceOf = ({ isNamespaced }: Resource, namespace = settings.namespace): string | undefined =>
    isNamespaced ? namespace : undefined;
  return {
    now,
    time: formatClock(now),
    get<Kind extends KindName>(kind: Kind, name: string, { namespace }: Where = {}) {
      const resource = resourceCalled(kind, resources);
      return objects.get(resource.name, spaceOf(resource, namespace), name) as ObjectOf<Kind> | undefined;
    },
    list<Kind extends KindName>(kind: Kind, { namespace, everywhere, labels = '' }: WhichOnes = {}) {
      const resource = resourceCalled(kind, resources);
      const all = objects.list(resource.name, everywhere ? undefined : spaceOf(resource, namespace));
      const wanted = requirements(labels);
      return all.filter(({ metadata }) =>
        matchesLabels(wanted, metadata.labels),
      ) as unknown as ObjectOf<Kind>[];
    },
    events(like = {}) {
      const { conditions } = compileConditions({ event: like }, { settings, resources });
      const [condition] = conditions;
      const pattern = condition?.of === 'event' ? condition.pattern : {};
      return objects
        .list<CoreEvent>('events')
        .filter((event) => matchValue(pattern, event).misses.length === 0)
        .sort((a, b) => compareText(lastSeen(a), lastSeen(b)));
    },
    logs(pod, { namespace = settings.namespace, container, previous = false } = {}) {
      const of = {
        of: 'logs',
        namespace,
        pod,
        previous,
        wanted: {},
        ...(container && { container }),
      } as const;
      const found = logsOf(of, { view, captured: {} });
      if ('none' in found) throw new Refused(found.none);
      return found.logs[0].text;
    },
    ask(line) {
      const answer = askKubectl(world, line, { now });
      if ('refusal' in answer) throw new Refused(`${line}: ${answer.refusal}`);
      const { stdout, stderr } = answer;
      return { stdout, stderr, exitCode: 'exitCode' in answer ? answer.exitCode : 0 };
    },
  };
}

function resourceCalled(kind: string, among: readonly Resource[]): Resource {
  const found = resourceOf(kind, among);
  if (found) return found;
  const near = nearMiss(
    kind,
    among.map((each) => each.kind),
  );
  throw new Refused(`there is no kind "${kind}"${near === undefined ? '' : `: did you mean ${near}?`}`);
}

function requirements(labels: NonNullable<WhichOnes['labels']>) {
  const text = isObject(labels)
    ? formatLabelSelector(
        Object.entries(labels).map(([key, value]) => ({ key, operator: '=', values: [value] })),
      )
    : labels;
  const parsed = parseLabelSelector(text);
  if (!parsed.ok) throw new Refused(`${text}: ${parsed.problem}`);
  return parsed.requirements;
}

function lastSeen({ lastTimestamp, eventTime, metadata }: CoreEvent): string {
  return lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
}
