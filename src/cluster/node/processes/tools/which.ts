import { commandPath, DEFAULT_PATH } from '../machine/find-command.ts';
import type { Tool } from './tool.ts';

export const which: Tool = {
  usage: 'which [-a] COMMAND...',
  run(io) {
    const path = io.env()['PATH'] ?? DEFAULT_PATH;
    const names = io.args.filter((arg) => !arg.startsWith('-'));
    const found = names.map((name) => commandPath(io.machine, name, io.task, path));
    for (const one of found) if (one !== undefined) io.out(`${one}\n`);
    return found.every((one) => one !== undefined) ? 0 : 1;
  },
};
