import type { Outcome } from '../program.ts';
import type { Asking } from './asking.ts';
import { globalFlags, variableOf } from './global-flags.ts';
import { jsonLine } from './log-lines.ts';

const CONFLICT =
  'conflicting environment variable is shadowed by corresponding command-line flag (either unset environment variable or disable flag))';

/**
 * Each global flag can be a variable instead, but not both at once. 3.6 knows no `ETCDCTL_API` any more, and
 * says so. etcd: pkg/flags/flag.go.
 */
export function environmentProblem(ask: Asking, values: ReadonlyMap<string, string>): Outcome | undefined {
  const { environment } = ask.call;
  const known = new Map(globalFlags(ask.series).map(({ name }) => [variableOf(name), name]));
  const api = environment['ETCDCTL_API'];
  if (ask.series !== '3.6' && api !== undefined && api !== '' && api !== '3') {
    ask.err(
      api === '2' ? 'etcdctl: the API of version 2 is not simulated\n' : `unsupported API version: ${api}\n`,
    );
    return { exitCode: 1 };
  }
  for (const name of Object.keys(environment).sort()) {
    if (!name.startsWith('ETCDCTL_')) continue;
    const flag = known.get(name);
    if (flag !== undefined && values.has(flag)) return conflict(ask, name);
    const isForMain = name === 'ETCDCTL_API' && ask.series !== '3.6';
    if (flag === undefined && !isForMain) warn(ask, `${name}=${environment[name] ?? ''}`);
  }
  return undefined;
}

function conflict(ask: Asking, name: string): Outcome {
  if (ask.series === '3.4') {
    const at = jsonTime(ask);
    ask.err(
      `${at} C | pkg/flags: conflicting environment variable "${name}" ${CONFLICT.slice('conflicting environment variable '.length, -1)}\n`,
    );
  } else {
    const head = { level: 'fatal', caller: 'flags/flag.go:85', msg: CONFLICT } as const;
    ask.err(jsonLine(ask, head, [['environment-variable', name]]));
  }
  return { exitCode: 1 };
}

function warn(ask: Asking, variable: string): void {
  if (ask.series === '3.4') {
    ask.err(`${jsonTime(ask)} W | pkg/flags: unrecognized environment variable ${variable}\n`);
    return;
  }
  const caller = `flags/flag.go:${ask.series === '3.6' ? 94 : 93}`;
  const head = { level: 'warn', caller, msg: 'unrecognized environment variable' } as const;
  ask.err(jsonLine(ask, head, [['environment-variable', variable]]));
}

/** `2026-11-21 23:01:32.719974`, as capnslog writes it. */
function jsonTime(ask: Asking): string {
  const line = jsonLine(ask, { level: 'info', caller: '', msg: '' }, []);
  const [, day = '', time = ''] = /"ts":"([^T]*)T([^Z]*)Z"/.exec(line) ?? [];
  return `${day} ${time}000`;
}
