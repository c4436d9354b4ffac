import { etcdRow, isLed } from '../../etcd/membership.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type { Outcome } from '../program.ts';
import { type Asking, fail } from './asking.ts';
import type { Endpoint } from './endpoints.ts';
import { failedTry } from './log-lines.ts';
import { endpointsAsked, tookText } from './maintenance.ts';
import { goTable } from './print/go-table.ts';
import { goObject } from './print/header.ts';
import { timeoutOf, waitFor } from './reach.ts';

interface Health {
  readonly endpoint: string;
  readonly took: string;
  /** Empty for one that is healthy. */
  readonly error: string;
}

const RANGE = '/etcdserverpb.KV/Range';

/** `etcdctl endpoint health`: all endpoints at once; those that answer are told first. */
export function checkHealth(ask: Asking): Outcome {
  const listed = endpointsAsked(ask);
  if ('outcome' in listed) return listed.outcome;
  const { rows } = ask.call.view;
  const isHealthy = ({ member }: Endpoint): boolean => member !== undefined && isLed(rows, member);
  const silent = listed.endpoints.filter((endpoint) => !isHealthy(endpoint));
  const since = ask.memory.since ?? ask.call.now;
  const until = since + timeoutOf(ask);
  if (silent.length > 0 && ask.call.now < until) return waitFor(ask, silent.slice(0, 1), true, until);
  for (const { text, member, problem } of silent) {
    const reason = member ? 'context deadline exceeded' : problem;
    const error = `rpc error: code = DeadlineExceeded desc = ${reason}`;
    ask.err(failedTry(ask, { endpoint: text, method: RANGE, attempt: 0, error, logger: 'client' }));
  }
  const alarm = alarmOf(ask);
  const healths: readonly Health[] = [
    ...listed.endpoints.filter(isHealthy).map(({ text }) => ({
      endpoint: text,
      took: tookText(ask, 18, text),
      error: alarm,
    })),
    ...silent.map(({ text }) => ({
      endpoint: text,
      took: `${timeoutOf(ask) / 1000}.00${tookText(ask, 9, text).replace(/\D/g, '').padEnd(7, '0').slice(0, 7)}s`,
      error: 'context deadline exceeded',
    })),
  ];
  printHealth(ask, healths);
  return healths.some(({ error }) => error !== '') ? fail(ask, 'unhealthy cluster') : { exitCode: 0 };
}

/** Since 3.5 an alarm makes an endpoint unhealthy. */
function alarmOf({ call, series }: Asking): string {
  const alarms = etcdRow(call.view.rows)?.alarms ?? [];
  return series === '3.4' || alarms.length === 0
    ? ''
    : `Active Alarm(s): ${alarms.map(() => 'NOSPACE ').join('')}`;
}

function printHealth(ask: Asking, healths: readonly Health[]): void {
  switch (ask.format) {
    case 'json':
      ask.out(`[${healths.map(healthJson).join(',')}]\n`);
      return;
    case 'fields':
      for (const { endpoint, took, error } of healths)
        ask.out(
          `"Endpoint" : ${quoteGo(endpoint)}\n"Health" : ${error === ''}\n"Took" : ${took}\n"Error" : ${error}\n\n`,
        );
      return;
    case 'table':
      ask.out(
        goTable(
          ['endpoint', 'health', 'took', 'error'],
          healths.map(({ endpoint, took, error }) => [endpoint, String(error === ''), took, error]),
        ),
      );
      return;
    default:
      for (const { endpoint, took, error } of healths) {
        // Up to 3.5 it says so where errors are said.
        const say = error === '' && ask.series === '3.6' ? ask.out : ask.err;
        if (error === '') say(`${endpoint} is healthy: successfully committed proposal: took = ${took}\n`);
        else ask.err(`${endpoint} is unhealthy: failed to commit proposal: ${error}\n`);
      }
  }
}

function healthJson({ endpoint, took, error }: Health): string {
  return goObject([
    ['endpoint', JSON.stringify(endpoint)],
    ['health', String(error === '')],
    ['took', JSON.stringify(took)],
    ['error', error === '' ? undefined : JSON.stringify(error)],
  ]);
}
