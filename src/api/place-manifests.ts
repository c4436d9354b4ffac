import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFolder } from '../cli/scenario-files.ts';
import { shellQuoted } from '../cluster/clients/command-line/shell-quoted.ts';
import type { Files } from '../cluster/clients/files.ts';
import { isObject } from '../cluster/objects/json.ts';
import { Refused } from './refused.ts';

/** An object as it is handed to the API: its kind, and whatever else it has. */
export interface Applied {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly generateName?: string };
}

/** A file or a folder, the text of a manifest, or objects. */
export type Manifests = string | URL | Applied | readonly Applied[];

/** What lies in the folder where lines are typed, and how kubectl is told of it. */
export interface Placed {
  readonly files: Files;
  /** `-f web.yaml`, `-k overlays/prod`. */
  readonly argument: string;
}

const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;

/** Puts manifests where a command finds them, beside those that lie there already. */
export function placeManifests(manifests: Manifests, root: string, present: Files): Placed {
  if (manifests instanceof URL) return fromDisk(fileURLToPath(manifests), root);
  if (typeof manifests !== 'string') return written(objectsFile(manifests), present);
  if (/[\n{]|^\s*(?:apiVersion|kind)\s*:/.test(manifests))
    return written({ name: 'applied.yaml', text: manifests }, present);
  return Object.hasOwn(present, manifests)
    ? { files: {}, argument: `-f ${shellQuoted(manifests)}` }
    : fromDisk(resolve(root, manifests), root);
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The same text twice is the same file; another one of that name gets a number. */
function written({ name, text }: NamedText, present: Files): Placed {
  const [, stem = '', ending = ''] = /^(.*)(\.\w+)$/.exec(name) ?? [];
  let path = name;
  for (let number = 2; Object.hasOwn(present, path) && present[path] !== text; number++)
    path = `${stem}-${number}${ending}`;
  return { files: { [path]: text }, argument: `-f ${shellQuoted(path)}` };
}

function objectsFile(objects: Applied | readonly Applied[]): NamedText {
  const list: readonly Applied[] = isOne(objects) ? [objects] : objects;
  const [first] = list;
  if (!first) throw new Refused('there is no object to apply');
  if (list.length > 1)
    return { name: 'applied.json', text: json({ apiVersion: 'v1', kind: 'List', items: list }) };
  const { name = 'applied' } = first.metadata;
  const words = `${first.kind}-${name}`.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
  return { name: `${words}.json`, text: json(first) };
}

function isOne(objects: Applied | readonly Applied[]): objects is Applied {
  return isObject(objects);
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function fromDisk(path: string, root: string): Placed {
  if (!existsSync(path)) throw new Refused(`there is no file or folder ${path}`);
  const below = relative(root, path);
  const isInside = below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  const name = (isInside ? below : basename(path)).split(sep).join('/');
  if (!statSync(path).isDirectory())
    return { files: { [name]: readFileSync(path, 'utf8') }, argument: `-f ${shellQuoted(name)}` };
  const found = Object.entries(readFolder(path).files);
  const isKustomization = found.some(([file]) => KUSTOMIZATION.test(file));
  const isDeep = found.every(([file]) => file.includes('/'));
  return {
    files: Object.fromEntries(found.map(([file, text]) => [`${name}/${file}`, text])),
    argument: isKustomization ? `-k ${shellQuoted(name)}` : `-f ${shellQuoted(name)}${isDeep ? ' -R' : ''}`,
  };
}
