import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { dumpScenario } from '../compare/imported/dump-scenario.ts';
import { importedRecording } from '../compare/imported/imported-recording.ts';
import { createImportReader, type ImportReader } from '../compare/imported/read-import.ts';
import { traceScenario } from '../compare/imported/trace-scenario.ts';
import { recordedEntries } from '../compare/recording/recorded-entries.ts';
import type { Recording } from '../compare/recording/recording.ts';
import { LOG_FORMAT_VERSION } from '../kernel/log/log-format.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { createLogFile } from './log-file.ts';
import { nameFor } from './open-scenario.ts';
import { linesOfFile } from './read-recording.ts';
import { PRODUCT_VERSION } from './version.ts';
import { tellBeside, writeOut } from './write-out.ts';

export interface ImportOptions {
  readonly output: string;
  readonly lang: string;
  readonly force?: boolean;
}

/** So many damaged places are told one by one. */
const TOLD = 5;

/**
 * `kubereel import`: the past of a real cluster as a log; or, into a folder, a scenario that begins with what
 * it was. What could not be read is told, and the exit code says that it is not all.
 */
export async function importCommand(paths: readonly string[], options: ImportOptions): Promise<number> {
  const { output, lang } = options;
  const reader = createImportReader();
  for (const path of paths) readInto(reader, path);
  const imported = reader.finish();
  const { damage, left } = imported;
  for (const each of damage.slice(0, TOLD)) tellBeside(`${each}\n`);
  const { files } = wordsIn(lang);
  if (damage.length > TOLD) tellBeside(`${files.moreDamage(damage.length - TOLD)}\n`);
  const recording = importedRecording(nameFor(basename(paths[0] ?? '', extname(paths[0] ?? ''))), imported);
  if (recording.changes.length + recording.listed.length === 0)
    throw new BadInput((words) => [words.files.nothingImported(paths.join(', ')), ...left].join('; '));
  const told = isFolder(output)
    ? writeScenario(recording, options)
    : files.imported(output, writeLog(recording, output));
  await writeOut([`${told}\n`]);
  return damage.length === 0 ? EXIT.ok : EXIT.badInput;
}

function isFolder(output: string): boolean {
  return /[/\\]$/.test(output) || statSync(output, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A dump in YAML is read as manifests are; all else is JSON, a line at a time. */
function readInto(reader: ImportReader, path: string): void {
  if (/\.ya?ml$/.test(path)) {
    reader.yaml(path, readFileSync(path, 'utf8'));
    return;
  }
  if (isMessagePack(path)) {
    reader.bytes(path, readFileSync(path));
    return;
  }
  const file = reader.file(path);
  for (const line of linesOfFile(path)) file.line(line);
  file.end();
}

/**
 * A trace of SimKube begins as a map of MessagePack does, and no text does; in JSON it begins with a brace.
 */
function isMessagePack(path: string): boolean {
  const start = Buffer.alloc(1);
  const file = openSync(path, 'r');
  readSync(file, start);
  closeSync(file);
  const first = start[0] ?? 0;
  return first >= 0x80 && (first <= 0x8f || /\.sktrace$/.test(path));
}

function writeLog(recording: Recording, output: string): number {
  const header = {
    kubereel: 'log',
    formatVersion: LOG_FORMAT_VERSION,
    product: PRODUCT_VERSION,
    seed: '1',
    scenario: { name: recording.name, digest: '' },
  } as const;
  const file = createLogFile(output, header);
  const entries = recordedEntries(recording);
  file.append(entries);
  file.close();
  return entries.length;
}

function writeScenario(recording: Recording, { output, lang, force }: ImportOptions): string {
  const { files } = wordsIn(lang);
  const path = join(output, 'scenario.yaml');
  if (existsSync(path) && !force) throw new BadInput((words) => words.files.isThere(path));
  // Where nothing was there at the beginning, all that is told was applied at its time.
  const isTrace = recording.listed.length === 0;
  const scenario = isTrace ? traceScenario(recording) : dumpScenario(recording);
  for (const [name, text] of Object.entries(scenario.files)) {
    mkdirSync(dirname(join(output, name)), { recursive: true });
    writeFileSync(join(output, name), text);
  }
  return files.importedScenario(path, { applied: scenario.applied, made: scenario.made });
}
