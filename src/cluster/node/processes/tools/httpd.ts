import { absolutePath } from '../files/paths.ts';
import { isTakenByOther } from '../machine/run-program.ts';
import { readOptions } from './options.ts';
import type { Tool } from './tool.ts';

const usage = 'httpd [-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-u USER[:GRP]] [-r REALM] [-h HOME]';

export interface HttpdMemory {
  readonly httpd: true;
  readonly port: number;
  readonly home: string;
}

/** Serves the files of a directory. Without `-f` it goes to the background and its caller goes on at once. */
export const httpd: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, { letters: 'ifvc:p:u:r:h:' });
    if (!options) return 1;
    const port = Number((options.value('p') ?? '80').split(':').at(-1));
    if (isTakenByOther(io.machine, io.task, port)) {
      io.complain(`bind: Address already in use`);
      return 1;
    }
    if (!options.has('f')) {
      const started = io.spawn([io.task.argv[0] ?? 'httpd', '-f', ...io.args], { noInput: true });
      return typeof started === 'number' ? started : 0;
    }
    const home = absolutePath(options.value('h') ?? '.', io.task.cwd);
    return { wait: { port }, memory: { httpd: true, port, home } };
  },
};
