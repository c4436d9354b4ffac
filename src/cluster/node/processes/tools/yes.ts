import type { Tool } from './tool.ts';

/** Where nobody sees it, it only keeps a processor busy; else it writes until its reader has had enough. */
export const yes: Tool = {
  usage: 'yes [STRING]...',
  run(io) {
    if (io.task.fds['1'] === 'null') return { wait: { cpus: 1 }, memory: null };
    const line = `${io.args.length > 0 ? io.args.join(' ') : 'y'}\n`;
    io.out(line.repeat(Math.max(1, Math.floor(4096 / line.length))));
    return { wait: { until: io.now }, memory: null };
  },
};
