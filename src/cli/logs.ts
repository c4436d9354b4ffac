import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { containerLogFiles } from '../report/container-log-files.ts';
import { printable } from '../report/printable.ts';
import { wordsIn } from '../words/words-in.ts';
import { EXIT } from './exit.ts';
import { openTimeline } from './open-timeline.ts';
import type { Which } from './which.ts';
import { writeOut } from './write-out.ts';

export interface LogsOptions extends Which {
  readonly output: string;
  readonly lang: string;
}

/**
 * `kubereel logs`: what containers wrote, as files where a machine has them: `<folder>/<node>/var/log/pods`,
 * and links in `…/var/log/containers`.
 */
export async function logsCommand(what: string, options: LogsOptions): Promise<number> {
  const { output, lang } = options;
  const { timeline } = openTimeline(what, options);
  const files = containerLogFiles(timeline);
  for (const { node, path, link, text } of files) {
    const logs = join(output, node, 'var/log');
    const file = join(logs, 'pods', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    mkdirSync(join(logs, 'containers'), { recursive: true });
    rmSync(join(logs, 'containers', link), { force: true });
    symlinkSync(join('../pods', path), join(logs, 'containers', link));
  }
  await writeOut([printable(`${wordsIn(lang).told.logFiles(files.length, output)}\n`)]);
  return EXIT.ok;
}
