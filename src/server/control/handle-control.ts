import type * as z from 'zod';
import type { JsonObject } from '../../cluster/objects/json.ts';
import type { LogHeader } from '../../kernel/log/log-format.ts';
import { faultSchema } from '../../scenario/language/schema/fault-schema.ts';
import { branchHeaderOf } from '../../scenario/log-header.ts';
import type { Clusters, Served } from '../live/clusters.ts';
import { momentOf } from '../live/moment-of.ts';
import { momentAt, type PastMoment } from '../live/past.ts';
import { advance } from './advance.ts';
import { advanceSchema, clockSchema, forkSchema, problemOf, seekSchema } from './bodies.ts';
import { answered, type ControlAnswer, refused } from './control-answer.ts';
import { entryStream, logParts } from './log-parts.ts';
import { type Source, savedScenario } from './saved-scenario.ts';
import { branchesOf, statusOf } from './status.ts';

/** Below which path, in a cluster's own terms, the control API is served. */
export const CONTROL_PATH = '/kubereel/v1';

export interface ControlRequest {
  readonly method: string;
  /** Below `CONTROL_PATH`: `/advance`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** What the body says, as JSON; undefined where there is none. */
  readonly body: unknown;
  /** As it calls itself. */
  readonly client: string;
  /** Of a stream that broke off: the id that came last. */
  readonly lastEventId?: string | undefined;
}

export interface Controlled {
  readonly clusters: Clusters;
  /** Whose path it was. */
  readonly served: Served;
  /** The first line of the main cluster's log. */
  readonly header: LogHeader;
  readonly source: Source;
}

type Handler = (controlled: Controlled, request: ControlRequest) => Promise<ControlAnswer> | ControlAnswer;

/** Answers a request for the control API: `docs/serving.md` tells of each. */
export async function handleControl(controlled: Controlled, request: ControlRequest): Promise<ControlAnswer> {
  const { method, path } = request;
  const [, branch] = /^\/branches\/([^/]+)$/.exec(path) ?? [];
  if (branch !== undefined) return handleBranch(controlled, branch, method);
  const way = WAYS[path.replace(/\/+$/, '')];
  if (!way) return refused(404, `the control API has no ${path}: there are ${Object.keys(WAYS).join(' ')}`);
  const handler = way[method === 'HEAD' ? 'GET' : method];
  if (handler) return await handler(controlled, request);
  return refused(405, `${path} is asked with ${Object.keys(way).join(' or ')}, not with ${method}`);
}

const WAYS: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '': { GET: ({ served }) => answered(statusOf(served)) },
  '/now': { GET: ({ served }) => answered(statusOf(served)) },
  '/advance': { POST: onAdvance },
  '/pause': { POST: ({ served }) => moved(served, () => served.clock.pause()) },
  '/resume': { POST: ({ served }) => moved(served, () => served.clock.resume()) },
  '/clock': { GET: ({ served }) => answered(statusOf(served)), POST: onClock, PUT: onClock },
  '/seek': { POST: onSeek },
  '/branches': { GET: ({ clusters }) => answered(branchesOf(clusters)), POST: onFork },
  '/faults': { POST: onFault },
  '/log': { GET: onLog },
  '/scenario': { GET: onScenario },
  '/events': { GET: onEvents },
};

/** A body that is as it should be; otherwise the answer to it. */
function read<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): { readonly document: z.output<Schema> } | { readonly answer: ControlAnswer } {
  const result = schema.safeParse(body ?? {});
  return result.success ? { document: result.data } : { answer: refused(400, problemOf(result.error)) };
}

function moved(served: Served, move: () => void): ControlAnswer {
  if (served.moment) return ofPast();
  move();
  return answered(statusOf(served));
}

function ofPast(): ControlAnswer {
  return refused(409, 'this is the past: ask the present, or fork it');
}

async function onAdvance({ served }: Controlled, { body }: ControlRequest): Promise<ControlAnswer> {
  if (served.moment) return ofPast();
  const given = read(advanceSchema, body);
  if ('answer' in given) return given.answer;
  const advanced = await advance(served, given.document);
  return typeof advanced === 'string'
    ? refused(400, advanced)
    : answered({ ...statusOf(served), ...advanced });
}

function onClock({ served }: Controlled, { body }: ControlRequest): ControlAnswer {
  const given = read(clockSchema, body);
  return 'answer' in given ? given.answer : moved(served, () => served.clock.set(given.document));
}

/** While a past is shown at the cluster's own paths, its present stands still. */
function onSeek({ clusters, served }: Controlled, { body }: ControlRequest): ControlAnswer {
  const given = read(seekSchema, body);
  if ('answer' in given) return given.answer;
  const present = clusters.named(served.name) ?? served;
  if (given.document.at === 'now') {
    clusters.seek(served.name, undefined);
    if (served.moment) present.clock.resume();
    return answered(statusOf(present));
  }
  const moment = momentOf(present, String(given.document.at));
  if (typeof moment === 'string') return refused(400, moment);
  present.clock.pause();
  clusters.seek(served.name, moment);
  const found = clusters.find(`${present.prefix}/`);
  return answered(statusOf('served' in found ? found.served : present));
}

function onFork({ clusters, served }: Controlled, { body }: ControlRequest): ControlAnswer {
  const given = read(forkSchema, body);
  if ('answer' in given) return given.answer;
  const { at, name } = given.document;
  if (name !== undefined && clusters.named(name)) return refused(409, `there is a branch "${name}" already`);
  const present = clusters.named(served.name) ?? served;
  const moment = at === undefined ? placeOf(served) : momentOf(present, String(at));
  if (typeof moment === 'string') return refused(400, moment);
  const branch = clusters.fork(present, moment, name);
  return answered({ ...statusOf(branch), path: branch.prefix }, 201);
}

function placeOf({ live, moment }: Served): PastMoment {
  return moment ?? momentAt(live, live.now());
}

async function onFault({ served }: Controlled, { body, client }: ControlRequest): Promise<ControlAnswer> {
  if (served.moment) return ofPast();
  const given = read(faultSchema, body);
  if ('answer' in given) return given.answer;
  const { store, seq } = served.live.world();
  const named = 'node' in given.document ? [given.document.node ?? []].flat() : [];
  const stranger = named.find((node) => !store.tables.machines.read(node, seq));
  if (stranger !== undefined) return refused(400, `node: the cluster has no machine "${stranger}"`);
  const before = served.live.entries.length;
  await served.live.suffer({ client, fault: given.document as JsonObject });
  const events = served.live.entries.slice(before).map(({ event }) => event.type);
  return answered({ ...statusOf(served), happened: events.filter((type) => type !== 'FaultArrived') });
}

function onLog({ served, header }: Controlled): ControlAnswer {
  return { status: 200, type: 'application/x-ndjson', parts: logParts(served, headerOf(served, header)) };
}

/** The header of a branch names every fork that it came by. */
function headerOf({ name, forked }: Served, main: LogHeader): LogHeader {
  return forked ? branchHeaderOf(headerOf(forked.from, main), name, forked.at) : main;
}

function onScenario({ served, source }: Controlled): ControlAnswer {
  const files = savedScenario(served, source);
  return files ? answered({ files }) : refused(409, 'the scenario of this log is not at hand');
}

function onEvents({ served }: Controlled, { query, lastEventId }: ControlRequest): ControlAnswer {
  const last = lastEventId ?? '';
  const from = /^\d+$/.test(last)
    ? Number(last) + 1
    : Number(query.get('from') ?? served.live.entries.length + 1);
  if (!Number.isInteger(from) || from < 0) return refused(400, 'from: wanted the number of an entry');
  const stream = entryStream(served, from, query.get('told') === 'true');
  return { status: 200, type: 'text/event-stream', stream };
}

function handleBranch({ clusters }: Controlled, name: string, method: string): ControlAnswer {
  const branch = clusters.named(name);
  if (!branch) return refused(404, `there is no branch "${name}"`);
  if (method === 'GET') return answered({ ...statusOf(branch), path: branch.prefix });
  if (method !== 'DELETE') return refused(405, 'a branch is asked with GET or DELETE');
  return clusters.remove(name)
    ? answered(branchesOf(clusters))
    : refused(409, 'the main cluster is not a branch: end the server instead');
}
