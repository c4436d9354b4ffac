import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Source, savedScenario } from '../server/control/saved-scenario.ts';
import { isOfServed } from '../server/http/kubeconfig.ts';
import type { Served } from '../server/live/clusters.ts';
import { BadInput } from './exit.ts';
import { createLogFile } from './log-file.ts';
import type { Begun } from './serve-beginning.ts';

const MARK = '# Written by kubereel serve for one run, and removed with its end.\n';

/**
 * Writes a kubeconfig that nobody else can read. One that somebody else has written is left alone; one of a
 * run that was killed is of no use any more, even if kubectl has set another namespace in it. Returns
 * how to remove it: what it lets in to is gone with the server, so it is of no use any more; who has changed
 * it meanwhile keeps it.
 */
export function keepKubeconfig(path: string, config: string): () => void {
  const text = `${MARK}${config}`;
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  const before = isThere ? readFileSync(path, 'utf8') : MARK;
  if (!before.startsWith(MARK) && !isOfServed(before))
    throw new BadInput(({ serve }) => serve.kubeconfigIsThere(path));
  // Before anything is in it: the mode below is that of a new file alone.
  if (isThere) chmodSync(path, 0o600);
  writeFileSync(path, text, { mode: 0o600 });
  return () => {
    try {
      if (readFileSync(path, 'utf8') === text) rmSync(path);
    } catch {
      // It is gone already.
    }
  };
}

/** What has happened reaches the file no later than this, whatever becomes of the program. */
const FLUSH_MS = 500;

/** Writes the log while it grows. Returns how to end it, once. */
export function keepLog({ live }: Served, { header }: Begun, output: string): () => void {
  const file = createLogFile(output, header);
  let later: NodeJS.Timeout | undefined;
  const flush = (): void => {
    later = undefined;
    file.flush();
  };
  file.append(live.entries);
  file.flush();
  const stop = live.subscribe((entries) => {
    file.append(entries);
    later ??= setTimeout(flush, FLUSH_MS);
  });
  let isOpen = true;
  return () => {
    if (!isOpen) return;
    isOpen = false;
    stop();
    clearTimeout(later);
    file.close();
  };
}

/** Writes a scenario that does again what clients did. */
export function keepScenario(served: Served, source: Source, folder: string): void {
  const files = savedScenario(served, source);
  if (!files) throw new BadInput(({ serve }) => serve.noScenario);
  for (const [path, text] of Object.entries(files)) {
    if (/^[a-z]+:/.test(path)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
