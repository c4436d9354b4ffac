import { quoteGo } from '../../../objects/go-json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { ManifestObject } from '../../../objects/manifest/manifest.ts';
import { readManifest } from '../../../objects/manifest/read-manifest.ts';
import { resourceForKind } from '../../../objects/schema/resources.ts';
import { isServed } from '../../../objects/schema/served-versions.ts';
import { runsAnywhere, serverHost } from '../../../world/control-plane.ts';
import { type Files, findFile, isUrl, matchFiles } from '../../files.ts';
import { parseBool } from '../../flags/flag-values.ts';
import { type Failure, fail, gathered } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import type { Info, Visited } from './info.ts';

/** What -f names, taken apart. */
export interface FilesRead {
  readonly visited: readonly Visited[];
  /** One file, named as such: what is in it may be answered as one object. */
  readonly isSingle: boolean;
}

/**
 * Reads the objects of the files that -f names, in order (cli-runtime: Builder.FilenameParam, StreamVisitor).
 * Verbs that send what they read look at its shape first; the rest of that is the API server's business.
 */
export function readFiles(invocation: Invocation): FilesRead {
  const { flags } = invocation;
  const sources: Source[] = [];
  const problems: string[] = [];
  let isFolder = false;
  for (const path of flags.list('filename')) {
    const found = sourcesOf(path, invocation);
    if (typeof found === 'string') problems.push(found);
    else {
      sources.push(...found);
      isFolder ||= found.length > 1;
    }
  }
  if (problems.length === 1) fail(problems[0] ?? '');
  if (problems.length > 1) fail(`[${problems.join(', ')}]`);
  return {
    visited: sources.flatMap((source) => readSource(source, invocation)),
    isSingle: !isFolder && sources.length === 1,
  };
}

interface Source {
  readonly name: string;
  readonly text: string;
}

function sourcesOf(path: string, { files, call, flags }: Invocation): readonly Source[] | string {
  if (path === '-') return [{ name: 'STDIN', text: call.stdin }];
  const found = findFile(files, path);
  if (found.type === 'file') return [{ name: path, text: found.text }];
  if (found.type === 'folder') {
    const inside = manifestsIn(files, found.path, flags.bool('recursive'));
    if (inside.length > 0) return inside;
    return `error reading [${path}]: recognized file extensions are [.json .yaml .yml]`;
  }
  if (isUrl(path))
    return `unable to read URL ${quoteGo(path)}, server reported 404 Not Found, status code=404`;
  const matches = matchFiles(files, path);
  if (matches.length === 0) return `the path ${quoteGo(path)} does not exist`;
  return matches.map((name) => ({ name, text: files[name] ?? '' }));
}

/** The manifests in a folder, by name; those of its folders only with -R. */
function manifestsIn(files: Files, folder: string, isRecursive: boolean): readonly Source[] {
  const found = findFile(files, folder);
  if (found.type !== 'folder') return [];
  return found.names.flatMap((name) => {
    const path = found.path === '' ? name : `${found.path}/${name}`;
    const inside = findFile(files, path);
    if (inside.type === 'folder') return isRecursive ? manifestsIn(files, path, true) : [];
    return inside.type === 'file' && /\.(?:json|ya?ml)$/.test(name)
      ? [{ name: path, text: inside.text }]
      : [];
  });
}

function readSource({ name, text }: Source, invocation: Invocation): readonly Visited[] {
  const manifest = readManifest(text, name);
  const visited: Visited[] = [];
  for (const item of manifest.objects) {
    const problem = validates(invocation)
      ? (schemaProblem(invocation) ?? unsetProblem(item.object))
      : undefined;
    if (problem !== undefined) return [...visited, invalid(name, problem)];
    visited.push(readObject(item, name, invocation));
  }
  if (manifest.failure === undefined) return visited;
  const { failure, unreadable } = manifest;
  if (manifest.problems.at(-1)?.code === 'notAnObject' && validates(invocation))
    return [...visited, invalid(name, 'invalid object to validate')];
  const problem = unreadable !== undefined && validates(invocation) ? unsetProblem(unreadable) : undefined;
  if (problem !== undefined) return [...visited, invalid(name, problem)];
  return [...visited, { failure: { message: failure }, isOfFile: true }];
}

function validates({ flags }: Invocation): boolean {
  return (
    flags.has('validate') &&
    parseBool(flags.text('validate')) !== false &&
    flags.text('validate') !== 'ignore'
  );
}

function invalid(source: string, problem: string): Visited {
  const advice = 'if you choose to ignore these errors, turn validation off with --validate=false';
  const message = `error validating ${quoteGo(source)}: error validating data: ${problem}; ${advice}`;
  return { failure: { message }, isOfFile: true };
}

/** What objects are validated by comes from the API server. */
function schemaProblem({ view: { rows, settings } }: Invocation): string | undefined {
  if (runsAnywhere(rows, 'kube-apiserver', settings)) return undefined;
  const host = serverHost(rows, settings);
  const url = `https://${host}/openapi/v2?timeout=32s`;
  return `failed to download openapi: Get ${quoteGo(url)}: dial tcp ${host}: connect: connection refused`;
}

function unsetProblem(object: object): string | undefined {
  const { apiVersion, kind } = object as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const problems = [
    ...(typeof apiVersion === 'string' ? [] : ['apiVersion not set']),
    ...(typeof kind === 'string' ? [] : ['kind not set']),
  ];
  if (problems.length === 0) return undefined;
  return problems.length === 1 ? problems.join('') : `[${problems.join(', ')}]`;
}

function readObject({ object, isInList }: ManifestObject, source: string, invocation: Invocation): Visited {
  const { kind } = object;
  const apiVersion = typeof object['apiVersion'] === 'string' ? object['apiVersion'] : '';
  const metadata = metadataOf(object);
  const resource = resourceForKind(apiVersion, kind, invocation.resources);
  if (resource === undefined || !isServed(apiVersion, resource, invocation.serverVersion)) {
    const place = `name: ${quoteGo(metadata.name)} namespace: ${quoteGo(metadata.namespace)} from ${quoteGo(source)}`;
    const message = `no matches for kind ${quoteGo(kind)} in version ${quoteGo(apiVersion)}`;
    if (isInList)
      return { failure: { all: [{ message: `unable to recognize ${message}` }] }, isOfFile: true };
    const found = `resource mapping not found for ${place}: ${message}`;
    return { failure: { message: `${found}\nensure CRDs are installed first` }, isOfFile: true };
  }
  const placed = place(metadata, resource.isNamespaced, invocation);
  if (typeof placed === 'string') return { failure: { message: placed } };
  const { namespace } = placed;
  const withPlace = {
    ...object,
    metadata: { ...(object['metadata'] as object), ...placed },
  } as unknown as KubeObject;
  const info: Info = { resource, name: metadata.name, object: withPlace, source };
  if (namespace === undefined) return { info };
  return { info: { ...info, namespace, ...(metadata.namespace === '' && { isPlacedByCall: true }) } };
}

function metadataOf(object: ManifestObject['object']): { readonly name: string; readonly namespace: string } {
  const { metadata } = object as { readonly metadata?: unknown };
  const { name, namespace } = (metadata ?? {}) as { readonly name?: unknown; readonly namespace?: unknown };
  return {
    name: typeof name === 'string' ? name : '',
    namespace: typeof namespace === 'string' ? namespace : '',
  };
}

/**
 * Its own namespace, or the call's; a namespace given by -n has to be the same (cli-runtime:
 * RequireNamespace).
 */
function place(
  { namespace }: { readonly namespace: string },
  isNamespaced: boolean,
  invocation: Invocation,
): { readonly namespace?: string } | string {
  if (!isNamespaced) return {};
  if (namespace === '') return { namespace: invocation.namespace };
  if (!invocation.isNamespaceGiven || namespace === invocation.namespace) return { namespace };
  return (
    `the namespace from the provided object ${quoteGo(namespace)} does not match the namespace ` +
    `${quoteGo(invocation.namespace)}. You must pass '--namespace=${namespace}' to perform this operation.`
  );
}

/**
 * The failures and the objects of what was visited, apart. What is wrong with files is said at the end, in
 * one.
 */
export function partVisited(visited: readonly Visited[]): {
  readonly infos: readonly Info[];
  readonly failures: readonly Failure[];
} {
  const infos: Info[] = [];
  const failures: Failure[] = [];
  const ofFiles: Failure[] = [];
  for (const item of visited) {
    if ('info' in item) infos.push(item.info);
    else (item.isOfFile ? ofFiles : failures).push(item.failure);
  }
  return { infos, failures: [...failures, ...gathered(ofFiles)] };
}
