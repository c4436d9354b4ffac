import { unescaped } from './query-values.ts';

/** What a path of the API is about (apiserver: endpoints/request/requestinfo.go). */
export interface RequestPlace {
  readonly apiVersion: string;
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  /** What stands behind a proxy, with its slash. */
  readonly rest?: string;
  /** The old way of asking for a watch: `/api/v1/watch/pods`. */
  readonly isWatch?: true;
}

/** Parts of a namespace that are not resources within it. */
const OF_NAMESPACE: ReadonlySet<string> = new Set(['status', 'finalize']);

/** The parts of a path; undefined where an escape is none, or a part is empty. */
export function partsOfPath(path: string): readonly string[] | undefined {
  const parts = path.replace(/^\/+/, '').replace(/\/+$/, '').split('/');
  if (parts.length === 1 && parts[0] === '') return [];
  const read = parts.map((part) => unescaped(part));
  return read.every((part) => part !== undefined) ? (read as readonly string[]) : undefined;
}

/** Undefined for paths that are not about objects. */
export function placeOfPath(parts: readonly string[]): RequestPlace | undefined {
  const [first, ...words] = parts;
  if (first !== 'api' && first !== 'apis') return undefined;
  const count = first === 'api' ? 1 : 2;
  const apiVersion = words.slice(0, count).join('/');
  const isWatch = words[count] === 'watch';
  const rest = words.slice(isWatch ? count + 1 : count);
  const isWithin = rest[0] === 'namespaces' && rest.length > 2 && !OF_NAMESPACE.has(rest[2] ?? '');
  const [plural, name, subresource, ...more] = isWithin ? rest.slice(2) : rest;
  if (plural === undefined || plural === '') return undefined;
  const isProxy = subresource === 'proxy';
  if (more.length > 0 && !isProxy) return undefined;
  return {
    apiVersion,
    plural,
    ...(isWithin && { namespace: rest[1] ?? '' }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
    ...(isProxy && { rest: `/${more.join('/')}` }),
    ...(isWatch && { isWatch: true as const }),
  };
}
