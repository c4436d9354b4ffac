import { SIGNALS, type SignalName, signalOf } from './signals.ts';

/**
 * `kill -9 1`, `kill -TERM 1`, `kill -s TERM 1`, `kill 1`; signal 0 only looks whether the process is there.
 */
export function readKill(args: readonly string[]): KillArguments {
  const [first = '', second = ''] = args;
  const signalOrNone = (text: string): SignalName | 0 | undefined => (text === '0' ? 0 : signalOf(text));
  if (first === '-s' || first === '-n')
    return { signal: signalOrNone(second), targets: withoutDashes(args.slice(2)) };
  if (first === '--') return { signal: 'TERM', targets: args.slice(1) };
  if (first.startsWith('-') && first.length > 1)
    return { signal: signalOrNone(first.slice(1)), targets: withoutDashes(args.slice(1)) };
  return { signal: 'TERM', targets: args };
}

const withoutDashes = (args: readonly string[]): readonly string[] =>
  args[0] === '--' ? args.slice(1) : args;

export function signalList(names: readonly string[]): string {
  if (names.length === 0)
    return SIGNALS.map((signal, index) => `${String(index + 1).padStart(2)}) ${signal}\n`).join('');
  return names
    .map((name) => {
      const number = Number(name);
      const signal = signalOf(number > 128 ? String(number - 128) : name);
      return `${/^\d+$/.test(name) ? (signal ?? name) : SIGNALS.indexOf(signal ?? 'HUP') + 1}\n`;
    })
    .join('');
}

export interface KillArguments {
  /** Undefined where there is no such signal. */
  readonly signal: SignalName | 0 | undefined;
  readonly targets: readonly string[];
}
