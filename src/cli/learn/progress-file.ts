import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

/** What a learner has played to its end. It stays on this machine: nothing of it is sent anywhere. */
export interface Progress {
  readonly done: readonly string[];
}

/**
 * Where progress is kept: the folder for the state of programs (XDG Base Directory Specification), on
 * Windows that of local application data.
 */
export function progressPath(environment: NodeJS.ProcessEnv = process.env): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = environment;
  // A path that is not absolute is to be passed over, says the specification.
  const named = [XDG_STATE_HOME, LOCALAPPDATA].find((path) => path !== undefined && isAbsolute(path));
  return join(named ?? join(homedir(), '.local', 'state'), 'kubereel', 'progress.json');
}

/** What is kept; nothing where nothing is, or where it can't be read as such. */
export function readProgress(path: string): Progress {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const done = typeof read === 'object' && read !== null && 'done' in read ? read.done : [];
    return { done: Array.isArray(done) ? done.filter((name) => typeof name === 'string') : [] };
  } catch {
    return { done: [] };
  }
}

/**
 * Keeps what was played, with what others have kept meanwhile. Whoever reads it finds the one before or this
 * one, never a part. Fails where the host does not let it be written.
 */
export function keepDone(path: string, name: string): void {
  const { done } = readProgress(path);
  if (done.includes(name)) return;
  makeFolder(dirname(path));
  const beside = `${path}.${process.pid}`;
  try {
    writeFileSync(beside, `${JSON.stringify({ done: [...done, name] })}\n`);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * Node's own way to make the folders above too never ends where the host says that there is no such place.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** Forgets all of it. */
export function forgetProgress(path: string): void {
  rmSync(path, { force: true });
}
