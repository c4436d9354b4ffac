import { viewOf } from '../cluster/world/view-of.ts';
import type { ConditionDocument } from '../scenario/language/schema/scenario-schema.ts';
import type { Cluster } from './cluster.ts';
import type { LogsLike, ResourceLike, Within } from './cluster-matchers.ts';
import { insideOf } from './cluster-of.ts';
import { unsettledFailure } from './pass-until.ts';
import { readyPattern } from './ready-pattern.ts';
import { Refused } from './refused.ts';
import { whenNot } from './stays-so.ts';
import { failureText, StoryFailed } from './story-failed.ts';
import type { Traffic } from './traffic.ts';
import { clusterOfTraffic } from './traffic-of.ts';
import { unsettledIn } from './unsettled.ts';

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

interface Asking {
  readonly isNot: boolean;
}

/** The matchers, as `expect.extend` takes them. */
export const matchers = {
  toConverge(this: Asking, received: unknown, { within = '5m' }: Within = {}): Verdict {
    const inside = insideOf(received);
    if (!this.isNot)
      return verdictOf('everything converges', () => (received as Cluster).converge({ within }));
    const view = viewOf(inside.story.world());
    const pass = view !== undefined && unsettledIn(view.objects).length === 0;
    return {
      pass,
      message: () => (pass ? unwanted('everything converges') : failureText([unsettledFailure(inside, '')])),
    };
  },
  toHaveReady(
    this: Asking,
    received: unknown,
    what: string,
    ...[count, { namespace, ...options } = {}]: [count?: number, options?: Within & { namespace?: string }]
  ): Verdict {
    insideOf(received);
    const which = { ...(count !== undefined && { count }), ...(namespace !== undefined && { namespace }) };
    return holds(this, received, { resource: readyPattern(what, received as Cluster, which) }, options);
  },
  toMatchResource(this: Asking, received: unknown, resource: ResourceLike, options: Within = {}): Verdict {
    return holds(this, received, { resource }, options);
  },
  toHaveEvent(
    this: Asking,
    received: unknown,
    event: NonNullable<ConditionDocument['event']>,
    options: Within = {},
  ): Verdict {
    return holds(this, received, { event }, options);
  },
  toHaveLogged(
    this: Asking,
    received: unknown,
    pod: string,
    ...[text, options = {}]: [text: string | LogsLike, options?: Within]
  ): Verdict {
    const wanted = typeof text === 'string' ? { contains: text } : text;
    return holds(this, received, { logs: { pod, ...wanted } }, options);
  },
  toLoseNoRequests(this: Asking, received: unknown): Verdict {
    const clients = clientsOf(received);
    if (clients.length === 0)
      throw new Refused('nobody has asked anything: start a client with traffic({…})');
    for (const { client, of } of clients) {
      const verdict = holds(this, of, { traffic: { client, lost: 0 } }, {});
      if (!verdict.pass || this.isNot) return verdict;
    }
    return { pass: true, message: () => unwanted('no request is lost') };
  },
  toStayWithin(
    this: Asking,
    received: unknown,
    condition: ConditionDocument,
    { since, for: duration }: { readonly since?: string | number; readonly for?: string } = {},
  ): Verdict {
    const inside = insideOf(received);
    const cluster = received as Cluster;
    const began = cluster.now;
    if (duration !== undefined) cluster.advance(duration);
    const from = since === undefined ? (duration === undefined ? undefined : began) : cluster.at(since).now;
    const failure = whenNot(inside, condition, from);
    if (!failure) return { pass: true, message: () => unwanted('it stays so') };
    const open = this.isNot ? undefined : inside.leaveLog(inside.story.log().length);
    return { pass: false, message: () => failureText([{ ...failure, ...(open !== undefined && { open }) }]) };
  },
};

/** What is expected is a step of the story, so that the log shows it; that it is not so, is only asked. */
function holds(
  { isNot }: Asking,
  received: unknown,
  condition: ConditionDocument,
  { within }: Within,
): Verdict {
  insideOf(received);
  const cluster = received as Cluster;
  if (!isNot) return verdictOf('it', () => cluster.until(condition, { within: within ?? '0s' }));
  if (within !== undefined)
    throw new Refused('"not" has no time within which: let it pass first, or expect the opposite');
  const why = cluster.whyNot(condition);
  return { pass: why === undefined, message: () => unwanted(JSON.stringify(condition)) };
}

function verdictOf(what: string, act: () => void): Verdict {
  try {
    act();
    return { pass: true, message: () => unwanted(what) };
  } catch (error) {
    if (!(error instanceof StoryFailed)) throw error;
    const { message } = error;
    return { pass: false, message: () => message };
  }
}

function unwanted(what: string): string {
  return `not wanted  ${what}\nfound       it is so`;
}

interface Client {
  readonly client: string;
  readonly of: unknown;
}

function clientsOf(received: unknown): readonly Client[] {
  const own = clusterOfTraffic(received);
  if (own) return [{ client: (received as Traffic).client, of: own }];
  const { steps } = insideOf(received).story.document();
  const names = new Set(steps.flatMap(({ traffic }) => traffic?.client ?? []));
  return [...names].map((client) => ({ client, of: received }));
}
