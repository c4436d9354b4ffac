import type { ListRequest } from '../../../contract/request.ts';
import type { RefusalStatus } from '../../../contract/response.ts';
import { quoteGo } from '../../../objects/go-json.ts';
import { matchesLabels, parseLabelSelector } from '../../../objects/label-selector.ts';
import type { Resource } from '../../../objects/schema/resources.ts';
import { fail } from '../failure.ts';
import { ask, type Invocation, type Steps } from '../invocation.ts';
import { type Info, infoOf, targetOf, type Visited, versionedName, versionOf } from './info.ts';
import { readFiles } from './read-files.ts';
import { type ResourceArgs, readResourceArgs } from './resource-args.ts';

export interface SelectOptions {
  readonly args: readonly string[];
  /** `pods` alone means all of them; otherwise a name, a selector or --all is asked for. */
  readonly isTypeEnough?: boolean;
  /** --all may stand beside a selector, which then decides. */
  readonly mayRestrictAll?: boolean;
  /** Read each object of a file, or named, from the API server. */
  readonly isLatest?: boolean;
  /** Names are enough: nothing is asked for but lists. */
  readonly isNameEnough?: boolean;
}

export interface Selection {
  readonly visited: readonly Visited[];
  /** One object was asked for, so one is answered, and not a list of one. */
  readonly isSingle: boolean;
  /** The resources that were listed, in order; none where names were given. */
  readonly listed: readonly Resource[];
}

/** What a person should have named, in kubectl's words (cli-runtime: builder.go). */
const NOTHING_NAMED = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** Finds what a call is about: by files, by selector, by names (cli-runtime: Builder.Do). */
export function* selectObjects(invocation: Invocation, options: SelectOptions): Steps<Selection> {
  const { flags } = invocation;
  const isGiven = (name: string) => flags.has(name) && flags.text(name) !== '';
  const isAll = flags.has('all') && flags.bool('all');
  for (const kind of ['label', 'field']) {
    const flag = kind === 'label' ? 'selector' : 'field-selector';
    if (!isAll || !isGiven(flag) || options.mayRestrictAll === true) continue;
    const selector = quoteGo(flags.text(flag));
    fail(`found non-empty ${kind} selector ${selector} with previously set 'all' parameter. `);
  }
  const args = readResourceArgs(options.args, invocation.resources);
  if (flags.has('filename') && flags.list('filename').length > 0) {
    return yield* selectFromFiles(invocation, args, options);
  }
  const isSelecting = isAll || isGiven('selector') || isGiven('field-selector');
  if (isSelecting || (args.form === 'types' && options.isTypeEnough === true)) {
    const resources = requireTypes(args);
    const visited: Visited[] = [];
    for (const resource of resources) visited.push(...(yield* listObjects(invocation, resource)));
    return { visited, isSingle: false, listed: resources };
  }
  const named = yield* selectByName(invocation, args, options);
  return { ...named, listed: [] };
}

function requireTypes(args: ResourceArgs): readonly Resource[] {
  switch (args.form) {
    case 'types':
      return args.resources;
    case 'names':
      return fail('name cannot be provided when a selector is specified');
    case 'pairs':
      return fail('selectors and the all flag cannot be used when passing resource/name arguments');
    case 'none':
      return fail('at least one resource must be specified to use a selector');
  }
}

function* selectFromFiles(
  invocation: Invocation,
  args: ResourceArgs,
  options: SelectOptions,
): Steps<Selection> {
  if (args.form === 'types') {
    fail('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
  }
  if (args.form === 'names') fail('name cannot be provided when a path is specified');
  if (args.form === 'pairs') fail('resource/name arguments cannot be provided when a path is specified');
  const { visited, isSingle } = readFiles(invocation);
  const selected = visited.filter((item) => !('info' in item) || isSelected(item.info, invocation));
  if (options.isLatest !== true) return { visited: selected, isSingle, listed: [] };
  const latest: Visited[] = [];
  for (const item of selected) {
    if (!('info' in item)) {
      latest.push(item);
      continue;
    }
    const [found] = yield* getObjects(invocation, [item.info]);
    const { source } = item.info;
    if (found === undefined) continue;
    latest.push('info' in found && source !== undefined ? { info: { ...found.info, source } } : found);
  }
  return { visited: latest, isSingle, listed: [] };
}

/** The selector holds for what files contain too. */
function isSelected({ object }: Info, { flags }: Invocation): boolean {
  const text = flags.has('selector') ? flags.text('selector') : '';
  if (text === '') return true;
  const parsed = parseLabelSelector(text);
  if (!parsed.ok) return fail(`the provided selector ${quoteGo(text)} is not valid: ${parsed.problem}`);
  return matchesLabels(parsed.requirements, object?.metadata.labels);
}

function* selectByName(
  invocation: Invocation,
  args: ResourceArgs,
  options: SelectOptions,
): Steps<Pick<Selection, 'visited' | 'isSingle'>> {
  if (args.form === 'none') fail(NOTHING_NAMED);
  if (args.form === 'types') fail('resource(s) were provided, but no name was specified');
  const pairs =
    args.form === 'names'
      ? args.names.map((name) => ({ resource: args.resource, name }))
      : args.form === 'pairs'
        ? args.pairs
        : [];
  const infos = pairs.map(({ resource, name }): Info => {
    if (!resource.isNamespaced) return { resource, name };
    if (isAcrossNamespaces(invocation)) fail('a resource cannot be retrieved by name across all namespaces');
    return { resource, name, namespace: invocation.namespace };
  });
  const visited = options.isNameEnough
    ? infos.map((info) => ({ info }))
    : yield* getObjects(invocation, infos);
  return { visited, isSingle: infos.length === 1 };
}

function isAcrossNamespaces({ flags }: Invocation): boolean {
  return flags.has('all-namespaces') && flags.bool('all-namespaces');
}

/** Asks for objects one by one. */
function* getObjects(invocation: Invocation, infos: readonly Info[]): Steps<readonly Visited[]> {
  const visited: Visited[] = [];
  for (const info of infos) {
    const response = yield* ask(invocation, { verb: 'get', ...targetOf(info) });
    if (!response.ok) visited.push({ failure: { status: response.status } });
    else if (response.object !== undefined) visited.push({ info: { ...info, object: response.object } });
  }
  return visited;
}

/** Asks for a list, with the selectors of the call. */
export function* listObjects(invocation: Invocation, resource: Resource): Steps<readonly Visited[]> {
  const request = listRequest(invocation, resource);
  const response = yield* ask(invocation, request);
  if (!response.ok) return [{ failure: { status: enhanced(response.status, request, resource) } }];
  return (response.items ?? []).map((object) => ({ info: infoOf(resource, object) }));
}

export function listRequest(invocation: Invocation, resource: Resource): ListRequest {
  const { flags, namespace } = invocation;
  const labelSelector = flags.has('selector') ? flags.text('selector') : '';
  const fieldSelector = flags.has('field-selector') ? flags.text('field-selector') : '';
  return {
    verb: 'list',
    resource: resource.name,
    ...versionOf(resource),
    ...(resource.isNamespaced && !isAcrossNamespaces(invocation) ? { namespace } : {}),
    ...(labelSelector === '' ? {} : { labelSelector }),
    ...(fieldSelector === '' ? {} : { fieldSelector }),
  };
}

/** kubectl says what it was looking for (cli-runtime: visitor.go EnhanceListError). */
function enhanced(status: RefusalStatus, request: ListRequest, resource: Resource): RefusalStatus {
  if (status.reason !== 'BadRequest' && status.reason !== 'NotFound') return status;
  const { labelSelector = '', fieldSelector = '' } = request;
  const subject = quoteGo(versionedName(resource));
  const selectors = `label selector ${quoteGo(labelSelector)}, field selector ${quoteGo(fieldSelector)}`;
  const prefix =
    labelSelector === '' && fieldSelector === ''
      ? `Unable to list ${subject}`
      : `Unable to find ${subject} that match ${selectors}`;
  return { ...status, message: `${prefix}: ${status.message}` };
}
