import { SIGNALS, signalOf } from '../../signals.ts';
import { complainAs } from '../shell.ts';
import { singleQuoted } from '../trace.ts';
import { type Builtin, printOut } from './builtin.ts';

export const trap: Builtin = {
  special: true,
  run(call) {
    const { shell, args, name } = call;
    const { traps } = shell.task;
    const given = args[0] === '--' ? args.slice(1) : args;
    if (given.length === 0 || given[0] === '-p') {
      const names = ['EXIT', ...SIGNALS].filter((signal) => traps[signal] !== undefined);
      return printOut(
        call,
        names.map((signal) => `trap -- ${singleQuoted(traps[signal] ?? '')} ${signal}\n`).join(''),
      );
    }
    if (given[0] === '-l')
      return printOut(call, SIGNALS.map((signal, index) => `${index + 1}) ${signal}\n`).join(''));
    // With one argument, or a number first, the signals are reset.
    const isReset = given.length === 1 || given[0] === '-' || /^\d+$/.test(given[0] ?? '');
    const signals = given.length > 1 && !/^\d+$/.test(given[0] ?? '') ? given.slice(1) : given;
    let status = 0;
    for (const text of signals) {
      const signal = trappable(text);
      if (signal === undefined) {
        complainAs(shell, name, `${text}: invalid signal specification`);
        status = 1;
      } else if (isReset) delete traps[signal];
      else traps[signal] = given[0] ?? '';
    }
    return status;
  },
};

const trappable = (text: string): string | undefined =>
  text === '0' || text.toUpperCase() === 'EXIT' ? 'EXIT' : signalOf(text);
