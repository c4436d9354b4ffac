import type { Millis } from '../../../kernel/time/millis.ts';
import type { NetworkCall } from '../../contract/connection-row.ts';
import type { HttpRequest, NetworkAnswer } from '../../contract/network-request.ts';
import {
  type CurlAsked,
  type CurlIo,
  type CurlStep,
  curlOptions,
  EMPTY,
  goOnWithCurl,
  startCurl,
} from '../../tools/curl.ts';
import type { Options } from '../../tools/option-words.ts';
import { parseUrl } from '../../tools/url.ts';
import type { Call, Outcome, Program } from '../program.ts';
import { askApiServer } from './ask-api-server.ts';
import { isLoopback, listenerAt, type OpenPort } from './listeners.ts';
import { loseForward } from './lost-forward.ts';
import { askMachine, type Trust } from './machine-answer.ts';

interface Memory extends CurlAsked {
  readonly connection: string;
  readonly until?: Millis;
  /** It went through a port that another program holds open. */
  readonly isThrough?: true;
}

/**
 * A request from where the commands are typed: it comes to the cluster from outside, or through a port that
 * another program of the person holds open.
 */
export const curl: Program = {
  type: 'program',
  name: 'curl',
  *run(call) {
    const options = curlOptions(call.args);
    if (typeof options === 'string') {
      call.write(
        'stderr',
        `curl: ${options}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
      );
      return { exitCode: 2 };
    }
    const memory = call.memory as Memory | undefined;
    if (!memory) return yield* goOn(call, options, startCurl(curlIo(call), options));
    const answer = answerTo(call, memory);
    if (answer === undefined) return waitFor(call, memory);
    yield { type: 'ConnectionClosed', connection: memory.connection };
    const { host = '', port = 0 } = parseUrl(memory.url) ?? {};
    const open = memory.isThrough ? listenerAt(call, host, port) : undefined;
    if (memory.isThrough && (answer === 'late' || answer.kind === 'refused')) {
      if (open !== undefined) yield* loseForward(call, open);
      return yield* goOn(call, options, goOnWithCurl(curlIo(call), options, memory, EMPTY));
    }
    return yield* goOn(call, options, goOnWithCurl(curlIo(call), options, memory, answer));
  },
};

function* goOn(call: Call, options: Options, step: CurlStep): ReturnType<Program['run']> {
  if ('exitCode' in step) return step;
  const { command, instance, now } = call;
  const { request, asked } = step;
  const { host, port, timeoutMs } = request;
  const connection = `${command}/${instance}/${asked.hops}`;
  const until = timeoutMs === undefined ? {} : { until: now + timeoutMs };
  const memory: Memory = { ...asked, sentAt: now, connection, ...until };
  const open = isLoopback(host) ? listenerAt(call, host, port) : undefined;
  if (open !== undefined) return yield* goThrough(call, open, { request, memory, options });
  const ofMachine = yield* askMachine(call, request, trustOf(options));
  if (ofMachine && 'fails' in ofMachine) {
    if (!options.has('s') || options.has('S')) call.write('stderr', `curl: ${ofMachine.fails}\n`);
    return { exitCode: ofMachine.exitCode };
  }
  if (ofMachine) return yield* goOn(call, options, goOnWithCurl(curlIo(call), options, memory, ofMachine));
  if (isLoopback(host) && call.machine === undefined) {
    return yield* goOn(call, options, goOnWithCurl(curlIo(call), options, memory, REFUSED));
  }
  const sent: NetworkCall = request;
  yield { type: 'RequestSent', connection, request: String(asked.hops), call: sent };
  return paused(memory, undefined);
}

function trustOf(options: Options): Trust {
  const [authority, certificate] = [options.value('cacert'), options.value('E')];
  return {
    isInsecure: options.has('k'),
    ...(authority !== undefined && { authority }),
    ...(certificate !== undefined && { certificate }),
  };
}

const REFUSED: NetworkAnswer = { kind: 'refused', address: '127.0.0.1' };

interface Going {
  readonly request: HttpRequest;
  readonly memory: Memory;
  readonly options: Options;
}

/** Whoever holds the port open says that somebody has come, and asks in the pod's own network for them. */
function* goThrough(
  call: Call,
  { command, port, to }: OpenPort,
  { request, memory, options }: Going,
): ReturnType<Program['run']> {
  if ('apiServer' in to) {
    const answer = yield* askApiServer(call.view, request, to.asking);
    return yield* goOn(call, options, goOnWithCurl(curlIo(call), options, memory, answer));
  }
  yield { type: 'CommandPrinted', command, stdout: `Handling connection for ${port}\n` };
  const { node, pod } = to;
  const sent: NetworkCall = { ...request, host: '127.0.0.1', port: to.port };
  const { connection, hops } = memory;
  yield { type: 'RequestSent', connection, request: String(hops), node, pod, call: sent };
  return paused({ ...memory, sentAt: call.now, isThrough: true }, undefined);
}

/** What has come back by now; `late` when it has waited long enough. */
function answerTo({ view, now }: Call, { connection, until }: Memory): NetworkAnswer | 'late' | undefined {
  const row = view.rows.row('connections', connection);
  if (row?.answer && (row.answeredAt ?? 0) <= now) return row.answer as NetworkAnswer;
  return until !== undefined && until <= now ? 'late' : undefined;
}

/** An answer that is on its way is there at a known time. */
function waitFor({ view }: Call, memory: Memory): Outcome {
  return paused(memory, view.rows.row('connections', memory.connection)?.answeredAt);
}

function paused(memory: Memory, arrival: Millis | undefined): Outcome {
  const { connection, until } = memory;
  const wakeAt = Math.min(arrival ?? Number.POSITIVE_INFINITY, until ?? Number.POSITIVE_INFINITY);
  return {
    pause: {
      memory,
      ...(wakeAt < Number.POSITIVE_INFINITY && { wakeAt }),
      ...(arrival === undefined && { awaits: [{ type: 'answer', connection }] }),
    },
  };
}

function curlIo({ now, write }: Call): CurlIo {
  return {
    now,
    // Its output is a terminal.
    hasMeter: false,
    out: (text) => write('stdout', text),
    err: (text) => write('stderr', text),
    save: () => false,
  };
}
