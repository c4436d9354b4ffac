import type { Tool } from './tool.ts';

export const pwd: Tool = {
  usage: 'pwd',
  run(io) {
    io.out(`${io.task.cwd}\n`);
    return 0;
  },
};
