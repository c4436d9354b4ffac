import { shellQuoted } from '../../../cluster/clients/command-line/shell-quoted.ts';
import type {
  CreateRequest,
  DeleteCollectionRequest,
  DeleteRequest,
  PatchRequest,
  Request,
  UpdateRequest,
} from '../../../cluster/contract/request.ts';
import { isObject } from '../../../cluster/objects/json.ts';
import { LAST_APPLIED } from '../../../cluster/objects/last-applied.ts';

/** A command line that does what a request did. */
export interface RequestLine {
  /** `kubectl apply`; of a manifest, its file's path stands behind. */
  readonly line: string;
  /** What is to stand in the file. */
  readonly manifest?: object;
}

/**
 * The line of kubectl that does what a client's request did; undefined where there is none. `command` is what
 * kubectl says of itself: of an apply the manifest that was applied is known, whatever was sent.
 */
export function requestLine(request: Request, command = ''): RequestLine | undefined {
  const line = lineOf(request, command);
  const user = request.as ?? request.credentials?.user;
  const groups: readonly string[] = user?.groups ?? [];
  const isOwner = user === undefined || groups.includes('system:masters');
  if (!line || isOwner) return line;
  return { ...line, line: line.line.replace(/^kubectl \w+/, `$& --as=${shellQuoted(user.name)}`) };
}

function lineOf(request: Request, command: string): RequestLine | undefined {
  switch (request.verb) {
    case 'create':
      return createLine(request, command);
    case 'update':
      return updateLine(request);
    case 'patch':
      return patchLine(request, command);
    case 'delete':
      return { line: `kubectl delete ${place(request, request.name)}${deletion(request)}` };
    case 'deletecollection':
      return { line: `kubectl delete ${place(request)}${selected(request)}${deletion(request)}` };
    default:
      return undefined;
  }
}

function createLine(request: CreateRequest, command: string): RequestLine | undefined {
  const { object, subresource, name = '' } = request;
  if (subresource === 'eviction') return { line: `kubectl delete ${place(request, name)} --wait=false` };
  if (subresource !== undefined) return undefined;
  const applied = appliedIn(object);
  if (applied && /^kubectl apply\b/.test(command))
    return { line: `kubectl apply${inNamespace(request, applied)} -f`, manifest: applied };
  return { line: `kubectl create${inNamespace(request, object)} -f`, manifest: asGiven(object) };
}

function updateLine(request: UpdateRequest): RequestLine | undefined {
  const { object, subresource, name } = request;
  if (subresource === undefined || subresource === 'finalize')
    return { line: `kubectl replace${inNamespace(request, object)} -f`, manifest: asGiven(object) };
  if (subresource === 'scale') {
    const { spec } = object as { readonly spec?: { readonly replicas?: number } };
    return { line: `kubectl scale ${place(request, name)} --replicas=${spec?.replicas ?? 0}` };
  }
  if (subresource === 'approval') return { line: `kubectl certificate approve ${shellQuoted(name)}` };
  const { status = {} } = object as { readonly status?: object };
  return subresource === 'status' ? patched(request, 'merge', { status }) : undefined;
}

function patchLine(request: PatchRequest, command: string): RequestLine | undefined {
  const { patch, patchType, subresource, force, fieldManager } = request;
  if (patchType === 'apply') {
    if (!isObject(patch) || subresource !== undefined) return undefined;
    const manager = fieldManager === undefined ? '' : ` --field-manager=${shellQuoted(fieldManager)}`;
    const forced = force ? ' --force-conflicts' : '';
    const line = `kubectl apply --server-side${manager}${forced}${inNamespace(request, patch)} -f`;
    return { line, manifest: patch };
  }
  const applied = appliedIn(patch);
  if (applied && /^kubectl apply\b/.test(command) && subresource === undefined)
    return { line: `kubectl apply${inNamespace(request, applied)} -f`, manifest: applied };
  return patched(request, patchType, patch);
}

function patched(
  request: PatchRequest | UpdateRequest,
  type: 'strategic' | 'merge' | 'json',
  patch: unknown,
): RequestLine {
  const { subresource, name } = request;
  const part = subresource === undefined ? '' : ` --subresource=${subresource}`;
  const text = shellQuoted(JSON.stringify(patch));
  return { line: `kubectl patch ${place(request, name)}${part} --type=${type} -p ${text}` };
}

/** The manifest that kubectl remembers in what it sends. */
function appliedIn(sent: unknown): object | undefined {
  const metadata = isObject(sent) ? sent['metadata'] : undefined;
  const annotations = isObject(metadata) ? metadata['annotations'] : undefined;
  const text = isObject(annotations) ? annotations[LAST_APPLIED] : undefined;
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What the server gives to an object is none of the client's. */
const GIVEN: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'managedFields',
  'selfLink',
]);

function asGiven({ metadata, ...object }: CreateRequest['object']): object {
  const { status: _, ...rest } = object as { readonly status?: unknown };
  const own = Object.entries(metadata ?? {}).filter(([field]) => !GIVEN.has(field));
  return { ...rest, metadata: Object.fromEntries(own) };
}

type Targeted = Pick<Request, 'resource' | 'namespace'>;

function place({ resource, namespace }: Targeted, name?: string): string {
  const named = name === undefined ? '' : ` ${shellQuoted(name)}`;
  return `${resource}${named}${namespaceFlag(namespace)}`;
}

function namespaceFlag(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` -n ${namespace}`;
}

/** A manifest that names its namespace needs none on the line. */
function inNamespace({ namespace }: Targeted, manifest: object): string {
  const { metadata } = manifest as { readonly metadata?: { readonly namespace?: string } };
  return metadata?.namespace === undefined ? namespaceFlag(namespace) : '';
}

function selected({ labelSelector, fieldSelector }: DeleteCollectionRequest): string {
  if (labelSelector === undefined && fieldSelector === undefined) return ' --all';
  const labels = labelSelector === undefined ? '' : ` -l ${shellQuoted(labelSelector)}`;
  return `${labels}${fieldSelector === undefined ? '' : ` --field-selector=${shellQuoted(fieldSelector)}`}`;
}

function deletion({ gracePeriodSeconds, propagationPolicy }: Omit<DeleteRequest, 'verb' | 'name'>): string {
  const grace =
    gracePeriodSeconds === undefined
      ? ''
      : ` --grace-period=${gracePeriodSeconds}${gracePeriodSeconds === 0 ? ' --force' : ''}`;
  const isPlain = propagationPolicy === undefined || propagationPolicy === 'Background';
  return `${grace}${isPlain ? '' : ` --cascade=${propagationPolicy.toLowerCase()}`} --wait=false`;
}
