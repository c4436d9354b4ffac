import type { Millis } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { HttpRequest } from '../../contract/network-request.ts';
import type { Prospect, ThoughtCall } from '../../contract/prospect.ts';
import { containerSpec } from '../pod-worker/pod-context.ts';
import { answerConnection, listenerOf } from '../processes/answer-connection.ts';
import { isDraining, outlookOf } from '../processes/outlook.ts';
import { loadHoldsUntil, slownessOf } from '../usage/slowness.ts';
import { containersAt } from './answer-call.ts';
import { type Running, runningIn } from './running.ts';

/**
 * What would become of a request that came to a pod now. As `answerCall`, except that nothing comes of it: no
 * line in an access log, and no count of requests.
 */
export function prospectOf(view: View, call: ThoughtCall): Prospect {
  const running = containersAt(view, call).flatMap((id) => runningIn(view, id, call.now) ?? []);
  const draining = running.filter(({ state }) => isDraining(state)).map(({ row }) => row.id);
  for (const each of running) {
    const prospect = answerOf(view, each, call);
    if (prospect) return { ...prospect, draining };
  }
  return { does: 'refuses', ...whyNobody(view, call), draining };
}

function answerOf(view: View, running: Running, call: ThoughtCall): Omit<Prospect, 'draining'> | undefined {
  const { row, state, host } = running;
  const { port, now } = call;
  if (!listenerOf({ state, host, now }, port)) return undefined;
  const { answer, afterMs } = answerConnection(
    state,
    { port, request: requestOf(call), client: '' },
    { host, now },
  );
  if (answer.kind === 'refused') return undefined;
  const met = {
    ...outlookOf(state, port, { host, now }),
    container: row.id,
    image: row.specImage,
    cause: view.rows.changedAt('processes', row.id),
  };
  if (answer.kind === 'http') {
    const { status } = answer;
    return {
      ...met,
      ...slowedBy(view, running, { call, met, afterMs }),
      does: 'answers',
      because: '',
      status,
    };
  }
  if (answer.kind === 'forwarded') return { ...met, does: 'forwards', because: '' };
  if (answer.kind === 'timedOut')
    return { ...met, does: 'hangs', because: 'it takes the connection and says nothing' };
  return { ...met, does: 'resets', because: 'what listens there does not speak HTTP' };
}

interface Unhurried {
  readonly call: ThoughtCall;
  readonly met: Pick<Prospect, 'until'>;
  readonly afterMs: Millis;
}

/** How long it takes with all that is asked besides. */
function slowedBy(
  view: View,
  running: Running,
  { call, met, afterMs }: Unhurried,
): Pick<Prospect, 'delayMs' | 'growsBy' | 'until'> {
  const slowness = slownessOf(view, running, { asked: call, now: call.now });
  if (!slowness) return { delayMs: afterMs };
  const { extraMs, growsBy } = slowness;
  const until = Math.min(...[met.until, loadHoldsUntil(view, call.now)].map((at) => at ?? NEVER));
  return { delayMs: afterMs + extraMs, growsBy, ...(until < NEVER && { until }) };
}

const NEVER = Number.POSITIVE_INFINITY;

function requestOf({ method, path, address, port }: ThoughtCall): HttpRequest {
  return { protocol: 'http', method, host: address, port, path, headers: {} };
}

/** Why nobody takes a connection there, and the entry that it follows from. */
function whyNobody(view: View, { node, pod, port }: ThoughtCall): Pick<Prospect, 'because' | 'cause'> {
  const { rows } = view;
  if (pod === undefined)
    return { because: `nobody listens on port ${port}`, cause: rows.changedAt('machines', node) };
  const container = containerFor(view, pod, port);
  if (container?.startedAt === undefined) {
    const sandbox = rows.rowsBy('sandboxes', 'pod', pod).findLast(({ stoppedAt }) => stoppedAt === undefined);
    const cause = sandbox ? rows.changedAt('sandboxes', sandbox.id) : null;
    return { because: 'its container has not started yet', cause };
  }
  const { id, exit } = container;
  if (exit) return { because: 'its container has ended', cause: rows.changedAt('containers', id) };
  const process = rows.row('processes', id);
  const cause = rows.changedAt('processes', id);
  if (process?.ending) return { because: 'its container has ended', cause };
  if (isEnding(process?.state)) return { because: 'it takes no more connections', cause };
  return { because: `nobody listens on port ${port} yet`, cause: rows.changedAt('containers', id) };
}

/** The container that the port is of, as the pod says; of its attempts the last. */
function containerFor({ rows }: View, pod: string, port: number): ContainerRow | undefined {
  const spec = rows.row('podWorkers', pod)?.pod;
  const isMeant = ({ name }: ContainerRow): boolean =>
    spec !== undefined &&
    (containerSpec(spec, name)?.ports ?? []).some(({ containerPort }) => containerPort === port);
  const isApp = ({ name }: ContainerRow): boolean =>
    spec === undefined || spec.spec.containers.some((container) => container.name === name);
  const all = rows.rowsBy('containers', 'pod', pod).toSorted((a, b) => a.createdAt - b.createdAt);
  return all.findLast(isMeant) ?? all.findLast(isApp);
}

function isEnding(state: unknown): boolean {
  const tasks = (state as Running['state'] | undefined)?.tasks ?? {};
  return Object.values(tasks).some((task) => task.kind === 'program' && task.ending !== undefined);
}
