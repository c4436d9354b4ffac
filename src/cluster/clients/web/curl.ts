import type { Millis } from '../../../kernel/time/millis.ts';
import type { NetworkCall } from '../../contract/connection-row.ts';
import type { NetworkAnswer } from '../../contract/network-request.ts';
import {
  type CurlAsked,
  type CurlIo,
  type CurlStep,
  curlOptions,
  goOnWithCurl,
  startCurl,
} from '../../tools/curl.ts';
import type { Call, Outcome, Program } from '../program.ts';

interface Memory extends CurlAsked {
  readonly connection: string;
  readonly until?: Millis;
}

/** A request from where the commands are typed: it comes to the cluster from outside. */
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
    if (!memory) return yield* goOn(call, startCurl(curlIo(call), options));
    const answer = answerTo(call, memory);
    if (answer === undefined) return waitFor(call, memory);
    yield { type: 'ConnectionClosed', connection: memory.connection };
    return yield* goOn(call, goOnWithCurl(curlIo(call), options, memory, answer));
  },
};

function* goOn({ command, instance, now }: Call, step: CurlStep): ReturnType<Program['run']> {
  if ('exitCode' in step) return step;
  const { request, asked } = step;
  const connection = `${command}/${instance}/${asked.hops}`;
  const sent: NetworkCall = request;
  yield { type: 'RequestSent', connection, request: String(asked.hops), call: sent };
  const { timeoutMs } = request;
  const until = timeoutMs === undefined ? {} : { until: now + timeoutMs };
  const memory: Memory = { ...asked, sentAt: now, connection, ...until };
  return paused(memory, undefined);
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
