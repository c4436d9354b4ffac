import { granted, type Outcome } from '../apiserver/call.ts';
import { badRequest } from '../apiserver/refusal.ts';
import { quoteGo } from '../objects/go-json.ts';
import type { KubeVersion } from '../objects/versions.ts';
import type { QueryValues } from './query-values.ts';
import { invalidOption } from './wire-refusal.ts';
import type { ListOptions, WatchOptions } from './wire-request.ts';

/** What a query says of a list (apimachinery: meta/internalversion/validation). */
export function readListOptions(query: QueryValues): Outcome<ListOptions> {
  const revision = readRevision(query);
  if (!revision.ok) return revision;
  const limit = readWhole(query, 'limit');
  if (!limit.ok) return limit;
  const match = query.text('resourceVersionMatch');
  const continueAt = query.text('continue');
  if (query.has('sendInitialEvents'))
    return invalidOption(
      'ListOptions',
      'sendInitialEvents',
      'Forbidden: sendInitialEvents is forbidden for list',
    );
  const problem = matchProblem(match, { revision: revision.value, continueAt });
  if (problem !== undefined) return invalidOption('ListOptions', 'resourceVersionMatch', problem);
  if (continueAt !== '' && (revision.value ?? 0) > 0)
    return badRequest('specifying resource version is not allowed when using continue');
  return granted({
    limit: Math.max(0, limit.value ?? 0),
    continueAt,
    match: match as ListOptions['match'],
    ...(revision.value !== undefined && { revision: revision.value }),
  });
}

interface Beside {
  readonly revision: number | undefined;
  readonly continueAt: string;
}

function matchProblem(match: string, { revision, continueAt }: Beside): string | undefined {
  if (match === '') return undefined;
  if (continueAt !== '') return 'Forbidden: resourceVersionMatch is forbidden when continue is provided';
  if (revision === undefined)
    return 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided';
  if (match !== 'Exact' && match !== 'NotOlderThan')
    return `Unsupported value: ${quoteGo(match)}: supported values: "Exact", "NotOlderThan"`;
  return match === 'Exact' && revision === 0
    ? 'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"'
    : undefined;
}

/** Lists are streamed since the gate WatchList is on (kubernetes: 1.32 release notes). */
const STREAMS_LISTS_SINCE = 32;

export function readWatchOptions(query: QueryValues, version: KubeVersion): Outcome<WatchOptions> {
  const revision = readRevision(query);
  if (!revision.ok) return revision;
  const timeout = readWhole(query, 'timeoutSeconds');
  if (!timeout.ok) return timeout;
  const match = query.text('resourceVersionMatch');
  const sendsInitialEvents = query.bool('sendInitialEvents');
  if (query.has('sendInitialEvents')) {
    if (match !== 'NotOlderThan')
      return invalidOption(
        'ListOptions',
        'resourceVersionMatch',
        'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
      );
    if (version.minor < STREAMS_LISTS_SINCE)
      return invalidOption(
        'ListOptions',
        'sendInitialEvents',
        'Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
      );
  } else if (match !== '')
    return invalidOption(
      'ListOptions',
      'resourceVersionMatch',
      'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    );
  return granted({
    allowsBookmarks: query.bool('allowWatchBookmarks'),
    ...(query.has('sendInitialEvents') && { sendsInitialEvents }),
    ...(revision.value !== undefined && { revision: revision.value }),
    ...((timeout.value ?? 0) > 0 && { timeoutSeconds: timeout.value }),
  } as WatchOptions);
}

/** Undefined where none is named. */
export function readRevision(query: QueryValues): Outcome<number | undefined> {
  const text = query.text('resourceVersion');
  if (text === '') return granted(undefined);
  if (/^\d{1,15}$/.test(text)) return granted(Number(text));
  const why = `strconv.ParseUint: parsing ${quoteGo(text)}: invalid syntax`;
  return badRequest(`resourceVersion: Invalid value: ${quoteGo(text)}: ${why}`);
}

export function readWhole(query: QueryValues, name: string): Outcome<number | undefined> {
  const text = query.text(name);
  if (text === '') return granted(undefined);
  if (/^-?\d{1,15}$/.test(text)) return granted(Number(text));
  return badRequest(`strconv.ParseInt: parsing ${quoteGo(text)}: invalid syntax`);
}

/** What a query says of a write (apimachinery: meta/v1/validation). */
export interface WriteOptions {
  readonly dryRun?: true;
  readonly fieldManager: string;
  readonly strict: boolean;
  /** What is unknown is dropped, and nothing is said of it. */
  readonly ignoresUnknown: boolean;
}

/** Since 1.25 a server looks at the fields by itself (kubernetes: gate ServerSideFieldValidation). */
const VALIDATES_SINCE = 25;
const LONGEST_MANAGER = 128;

export function readWriteOptions(
  query: QueryValues,
  kind: 'CreateOptions' | 'UpdateOptions' | 'PatchOptions',
  { userAgent, version }: { readonly userAgent: string; readonly version: KubeVersion },
): Outcome<WriteOptions> {
  const dryRun = readDryRun(query.all('dryRun'), kind);
  if (!dryRun.ok) return dryRun;
  const said = query.text('fieldManager');
  if (said.length > LONGEST_MANAGER)
    return invalidOption(kind, 'fieldManager', `Too long: may not be more than ${LONGEST_MANAGER} bytes`);
  if (/[^\P{C}]/u.test(said))
    return invalidOption(
      kind,
      'fieldManager',
      `Invalid value: ${quoteGo(said)}: should only contain printable characters`,
    );
  const validation = query.text('fieldValidation');
  if (!['', 'Strict', 'Warn', 'Ignore'].includes(validation))
    return invalidOption(
      kind,
      'fieldValidation',
      `Unsupported value: ${quoteGo(validation)}: supported values: "Ignore", "Strict", "Warn"`,
    );
  const isOld = version.minor < VALIDATES_SINCE;
  return granted({
    ...(dryRun.value && { dryRun: true as const }),
    fieldManager: said || managerOf(userAgent),
    strict: validation === 'Strict' && !isOld,
    ignoresUnknown: isOld || validation === 'Ignore',
  });
}

export function readDryRun(values: readonly string[], kind: string): Outcome<boolean> {
  const named = values.filter((value) => value !== '');
  const other = named.find((value) => value !== 'All');
  if (other === undefined) return granted(named.length > 0);
  return invalidOption(kind, 'dryRun', `Unsupported value: ${quoteGo(other)}: supported values: "All"`);
}

/** The program that asks, as far as it says so (apiserver: handlers/create.go prefixFromUserAgent). */
function managerOf(userAgent: string): string {
  const [program = ''] = userAgent.split('/');
  return program.replace(/[^\P{C}]/gu, '').slice(0, LONGEST_MANAGER) || 'unknown';
}
