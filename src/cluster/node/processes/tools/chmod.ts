import { readOptions, refuse } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'chmod [-Rcvf] MODE[,MODE]... FILE...';

export const chmod: Tool = {
  usage,
  run(io) {
    // A mode may begin with a dash: `chmod -x file`.
    const args = io.args.map((arg) => (/^-[rwxXst]+$/.test(arg) ? `a${arg}` : arg));
    const options = readOptions({ ...io, args }, usage, { letters: 'Rcvf' });
    if (!options) return 1;
    const [mode, ...paths] = options.operands;
    if (mode === undefined || paths.length === 0) {
      refuse(io, usage, 'missing operand');
      return 1;
    }
    let code = 0;
    for (const path of paths) {
      const resolved = io.files.resolve(path, io.task.cwd) ?? path;
      const node = io.files.node(resolved);
      const next = changeMode(node?.mode ?? 0, mode);
      if (next === undefined) {
        io.complain(`invalid mode '${mode}'`);
        return 1;
      }
      if (!node || io.files.isReadOnly(resolved)) {
        io.complain(`${path}: ${node ? 'Read-only file system' : 'No such file or directory'}`);
        code = 1;
      } else io.files.write(resolved, { ...node, mode: next });
    }
    return code;
  },
};

const BITS: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111, X: 0o111 };
const WHO: Readonly<Record<string, number>> = { u: 0o700, g: 0o070, o: 0o007, a: 0o777 };

/** `755`, `+x`, `u=rw,go=r`. */
function changeMode(before: number, text: string): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = before;
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause);
    if (!found) return undefined;
    const who = [...(found[1] || 'a')].reduce((bits, letter) => bits | (WHO[letter] ?? 0), 0);
    const bits = [...(found[3] ?? '')].reduce((all, letter) => all | (BITS[letter] ?? 0), 0) & who;
    mode = found[2] === '+' ? mode | bits : found[2] === '-' ? mode & ~bits : (mode & ~who) | bits;
  }
  return mode;
}
