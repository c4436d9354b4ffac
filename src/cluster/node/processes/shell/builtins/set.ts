import { exitShell } from '../exit-shell.ts';
import { complainAs, type Shell } from '../shell.ts';
import { singleQuoted } from '../trace.ts';
import { getVariable, variableNames } from '../variables.ts';
import { type Builtin, printOut } from './builtin.ts';

/** The options of `set` by letter; `p` is kept for pipefail, which has none. */
const OPTIONS: readonly (readonly [letter: string, name: string])[] = [
  ['e', 'errexit'],
  ['f', 'noglob'],
  ['I', 'ignoreeof'],
  ['m', 'monitor'],
  ['n', 'noexec'],
  ['x', 'xtrace'],
  ['v', 'verbose'],
  ['C', 'noclobber'],
  ['a', 'allexport'],
  ['b', 'notify'],
  ['u', 'nounset'],
  ['E', 'errtrace'],
  ['V', 'vi'],
  ['p', 'pipefail'],
];

export const set: Builtin = {
  special: true,
  run(call) {
    const { shell, args } = call;
    const { task } = shell;
    if (args.length === 0) return printOut(call, listVariables(shell));
    for (let at = 0; at < args.length; at += 1) {
      const arg = args[at] ?? '';
      if (arg === '--' || arg === '-') {
        if (arg === '--' || at + 1 < args.length) task.args = args.slice(at + 1);
        return 0;
      }
      if (!/^[-+]/.test(arg)) {
        task.args = args.slice(at);
        return 0;
      }
      const next = args[at + 1];
      if (arg.endsWith('o') && next === undefined)
        return printOut(call, listOptions(shell, arg.startsWith('-')));
      const unknown = switchLetters(shell, arg, next);
      if (unknown !== undefined) return wrong(shell, `illegal option ${unknown}`);
      if (arg.endsWith('o')) at += 1;
    }
    return 0;
  },
};

/** The letters of one word, of which `o` names an option by the word after it; what is unknown comes back. */
function switchLetters(shell: Shell, arg: string, next: string | undefined): string | undefined {
  const sign = arg.slice(0, 1);
  for (const letter of arg.slice(1)) {
    const known = OPTIONS.find((option) => (letter === 'o' ? option[1] === next : option[0] === letter));
    if (!known && letter === 'o') return `${sign}o ${next ?? ''}`;
    if (!known && !ACCEPTED.includes(letter)) return `${sign}${letter}`;
    switchOption(shell, known?.[0] ?? letter, sign === '-');
  }
  return undefined;
}

/** Options of bash that change nothing here. */
const ACCEPTED = 'hBPTk';

function wrong(shell: Shell, text: string): number | undefined {
  complainAs(shell, 'set', text);
  if (shell.task.bash) return 2;
  exitShell(shell, 2);
  return undefined;
}

function switchOption({ task }: Shell, letter: string, on: boolean): void {
  const others = task.options.replaceAll(letter, '');
  task.options = on ? others + letter : others;
}

function listOptions({ task }: Shell, readable: boolean): string {
  return OPTIONS.map(([letter, name]) => {
    const on = task.options.includes(letter);
    return readable ? `${name.padEnd(16)}${on ? 'on' : 'off'}\n` : `set ${on ? '-' : '+'}o ${name}\n`;
  }).join('');
}

function listVariables({ machine, task }: Shell): string {
  return variableNames(machine.state, task)
    .map((name) => `${name}=${singleQuoted(getVariable(machine.state, task, name) ?? '')}\n`)
    .join('');
}
