import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Change } from '../../cluster/contract/api-event.ts';
import { SECOND } from '../../kernel/time/millis.ts';
import { type ChangesHeard, changesSince } from './changes-heard.ts';
import type { Handled, Handling } from './handle-call.ts';
import { serverNow } from './handle-call.ts';
import type { Limits } from './limits.ts';
import { COMMON } from './send-answer.ts';

type Watching = Extract<Handled, { type: 'watch' }>;
type Following = Extract<Handled, { type: 'log' }>;

export interface Streaming extends Handling {
  readonly limits: Limits;
  readonly changes: ChangesHeard;
  /** Something was sent of what has happened. */
  readonly told: () => void;
}

/** How often a watch says how far it has come, in milliseconds (apiserver: cacher bookmarkFrequency). */
const BOOKMARK_MS = 60 * SECOND;
/** How long a watch stands that does not say so itself (kube-apiserver: --min-request-timeout). */
const LONGEST_WATCH_S = 1800;

/** Sends what a watch tells until its time is over, or whoever reads it goes. */
export function sendWatch(
  { live, limits, changes, told }: Streaming,
  response: ServerResponse,
  { stream, call, seq }: Watching,
): void {
  begin(response, 'application/json');
  if (stream.opening.length > 0) response.write(stream.opening.join(''));
  if (stream.isOver) {
    response.end();
    return;
  }
  const stops: (() => void)[] = [];
  const end = (): void => {
    for (const stop of stops.splice(0)) stop();
    response.end();
  };
  const write = (line: string | undefined): void => {
    if (line === undefined) return;
    response.write(line);
    // Who does not read what is sent is sent no more of it.
    if (response.writableLength > limits.unread) response.destroy();
  };
  const hear = (change: Change): void => {
    const server = change.seq > seq ? serverNow({ live }) : undefined;
    const line = server && stream.tell(change, server);
    if (line === undefined) return;
    write(line);
    told();
  };
  for (const change of changesSince(live, stream.resource, seq)) hear(change);
  stops.push(changes.hear(stream.resource, hear));
  const mark = (): void => {
    const server = serverNow({ live });
    if (server) write(stream.bookmark(server));
  };
  const marks = setInterval(mark, BOOKMARK_MS);
  stops.push(() => clearInterval(marks));
  const seconds = Math.min(call.options.timeoutSeconds ?? LONGEST_WATCH_S, 24 * 3600);
  const timeout = setTimeout(() => {
    mark();
    end();
  }, seconds * SECOND);
  stops.push(() => clearTimeout(timeout));
  response.on('close', end);
}

/** Sends a log: what there is of it, and what comes while it is followed. */
export function sendLog(
  { live, limits, told }: Streaming,
  response: ServerResponse,
  { reading }: Following,
): void {
  begin(response, 'text/plain');
  const now = serverNow({ live });
  if (now) response.write(reading.next(now));
  if (!reading.follows || !now || reading.isOver(now)) {
    response.end();
    return;
  }
  const stop = live.subscribe(() => {
    const server = serverNow({ live });
    if (!server) return;
    const text = reading.next(server);
    if (text !== '') {
      response.write(text);
      told();
    }
    if (response.writableLength > limits.unread) response.destroy();
    if (reading.isOver(server)) response.end();
  });
  response.on('close', stop);
}

function begin(response: ServerResponse, type: string): void {
  response.writeHead(200, { ...COMMON, 'audit-id': randomUUID(), 'content-type': type });
  response.flushHeaders();
}
