import { quoteGo } from '../../../../objects/go-json.ts';
import { configMapKeyProblems, envVarNameProblems } from '../../../../objects/validation/name-syntax.ts';
import { findFile } from '../../../files.ts';
import { array } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';

export const KEY_VALUE_FLAGS = [array('from-file'), array('from-literal'), array('from-env-file')];

/** How a kind of object words its complaints. */
export interface KeyValueWords {
  readonly badKey: (key: string, problem: string) => string;
  readonly repeatedKey: (key: string) => string;
  readonly folderOfEnv: string;
}

/** The data that --from-file, --from-literal and --from-env-file describe (kubectl: create_configmap.go). */
export function readKeyValues(
  { flags, files }: Invocation,
  words: KeyValueWords,
): Readonly<Record<string, string>> {
  const fromFiles = flags.list('from-file');
  const literals = flags.list('from-literal');
  const envFiles = flags.list('from-env-file');
  if (envFiles.length > 0 && fromFiles.length + literals.length > 0) {
    fail('from-env-file cannot be combined with from-file or from-literal');
  }
  return keyValuesOf({ fromFiles, literals, envFiles }, { files, words });
}

export interface KeyValueSources {
  /** `PATH` or `KEY=PATH`; of a folder all files in it. */
  readonly fromFiles: readonly string[];
  /** `KEY=VALUE` */
  readonly literals: readonly string[];
  readonly envFiles: readonly string[];
}

/** Reads data from several sources; a key that comes twice is a mistake. */
export function keyValuesOf(
  { fromFiles, literals, envFiles }: KeyValueSources,
  { files, words }: Pick<Invocation, 'files'> & { readonly words: KeyValueWords },
): Readonly<Record<string, string>> {
  const data: Record<string, string> = {};
  const add = (key: string, value: string): void => {
    const [problem] = configMapKeyProblems(key);
    if (problem !== undefined) fail(words.badKey(key, problem));
    if (Object.hasOwn(data, key)) fail(words.repeatedKey(key));
    data[key] = value;
  };
  for (const source of fromFiles) addFile(source, { files, add });
  for (const literal of literals) add(...readLiteral(literal));
  for (const path of envFiles) addEnvFile(path, { files, add, folder: words.folderOfEnv });
  return data;
}

/**
 * `key=value`; quotes around the value that the shell left on are taken off (kubectl: util.go
 * ParseLiteralSource).
 */
function readLiteral(literal: string): [key: string, value: string] {
  const equals = literal.indexOf('=');
  if (equals <= 0) fail(`invalid literal source ${literal}, expected key=value`);
  const value = literal.slice(equals + 1);
  return [
    literal.slice(0, equals),
    /^(["']).*\1$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value,
  ];
}

type Adding = Pick<Invocation, 'files'> & { readonly add: (key: string, value: string) => void };

function addFile(source: string, { files, add }: Adding): void {
  const equals = source.indexOf('=');
  const path = equals < 0 ? source : source.slice(equals + 1);
  if (equals === 0) fail(`key name for file path ${path} missing`);
  if (path === '') fail(`file path for key name ${source.slice(0, equals)} missing`);
  if (path.includes('=')) fail("key names or file paths cannot contain '='");
  const found = findFile(files, path);
  if (found.type === 'file') {
    add(equals < 0 ? lastName(path) : source.slice(0, equals), found.text);
    return;
  }
  if (found.type !== 'folder') fail(`error reading ${path}: no such file or directory`);
  if (equals >= 0) fail('cannot give a key name for a directory path');
  for (const name of found.names) {
    const inside = findFile(files, `${path}/${name}`);
    if (inside.type === 'file' && configMapKeyProblems(name).length === 0) add(name, inside.text);
  }
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function addEnvFile(path: string, { files, add, folder }: Adding & { readonly folder: string }): void {
  const found = findFile(files, path);
  if (found.type === 'folder') fail(folder);
  if (found.type !== 'file') fail(`error reading ${path}: no such file or directory`);
  for (const line of found.text.split(/\r?\n/)) {
    const text = line.trimStart();
    if (text === '' || text.startsWith('#')) continue;
    const [key = '', value = ''] = text.split(/=(.*)/s);
    const problems = envVarNameProblems(key);
    if (problems.length > 0) fail(`${quoteGo(key)} is not a valid key name: ${problems.join(';')}`);
    add(key, value);
  }
}
