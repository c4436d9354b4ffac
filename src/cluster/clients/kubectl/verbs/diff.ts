import { drawWhole } from '../../../../kernel/chance/draw.ts';
import { civilOf } from '../../../../kernel/time/rfc3339.ts';
import { compareText, isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { LAST_APPLIED, readLastApplied } from '../../../objects/last-applied.ts';
import { threeWayMergePatch } from '../../../objects/patch/three-way-merge.ts';
import { unifiedHunks } from '../../diff/unified-diff.ts';
import { array, bool, int, refused, since } from '../../flags/flag.ts';
import { type Failure, fail, failUsage, failWith, KubectlExit } from '../failure.ts';
import { FIELD_MANAGER_FLAG, FILE_FLAGS, SELECTOR_FLAG } from '../flags/common-flags.ts';
import { ask, DONE, type Invocation, type Steps } from '../invocation.ts';
import { shownObject } from '../output/shown-object.ts';
import { printYaml } from '../print/yaml/print-yaml.ts';
import { type Info, targetOf } from '../resources/info.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { mergeOnServer, readServerSide } from './apply-server-side.ts';

export const diff: Verb = {
  name: 'diff',
  flags: [
    ...FILE_FLAGS,
    SELECTOR_FLAG,
    FIELD_MANAGER_FLAG,
    bool('show-managed-fields'),
    ...since(31, bool('show-secrets')),
    int('concurrency', '1'),
    bool('server-side'),
    bool('force-conflicts'),
    ...refused(bool('prune'), array('prune-allowlist')),
  ],
  flagProblem: (message) => {
    throw new KubectlExit(`error: ${message}\nSee 'kubectl diff -h' for help and examples`, 2);
  },
  *run(invocation) {
    try {
      return yield* diffFiles(invocation);
    } catch (thrown) {
      // 1 says that there are differences (kubectl: helpers.go CheckDiffErr).
      if (thrown instanceof KubectlExit) throw new KubectlExit(thrown.message, thrown.exitCode + 1);
      throw thrown;
    }
  },
};

/** Shows what applying files would change (kubectl: diff.go Run). */
function* diffFiles(invocation: Invocation): Steps {
  const { args, flags, path, call, out } = invocation;
  if (args.length > 0) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
  if (flags.list('filename').length === 0) fail('must specify one of -f and -k');
  if ((call.environment['KUBECTL_EXTERNAL_DIFF'] ?? '') !== '')
    fail('another program than diff -u -N is not simulated: KUBECTL_EXTERNAL_DIFF is set');
  const { visited } = yield* selectObjects(invocation, { args: [] });
  const files: { readonly name: string; readonly hunks: string }[] = [];
  for (const item of visited) {
    if (!('info' in item)) {
      failWith([item.failure]);
      continue;
    }
    const compared = yield* compare(invocation, item.info);
    if ('from' in compared) {
      const hunks = unifiedHunks(compared.from, compared.to);
      if (hunks !== '') files.push({ name: fileName(item.info), hunks });
    } else failWith([compared]);
  }
  const [live, merged] = [folder(invocation, 'LIVE'), folder(invocation, 'MERGED')];
  const stamp = stampOf(invocation);
  for (const { name, hunks } of files.sort((a, b) => compareText(a.name, b.name))) {
    const [before, after] = [`${live}/${name}`, `${merged}/${name}`];
    out(`diff -u -N ${before} ${after}\n--- ${before}\t${stamp}\n+++ ${after}\t${stamp}\n${hunks}`);
  }
  return files.length === 0 ? DONE : { exitCode: 1 };
}

interface Compared {
  readonly from: string;
  readonly to: string;
}

function* compare(invocation: Invocation, info: Info): Steps<Compared | Failure> {
  const { object: local } = info;
  if (local === undefined) throw new Error('a file holds an object');
  const found = yield* ask(invocation, { verb: 'get', ...targetOf(info) });
  if (!found.ok && found.status.reason !== 'NotFound') return { status: found.status };
  const live = found.ok ? found.object : undefined;
  const merged = yield* mergedWith(invocation, info, live);
  if (!('object' in merged)) return merged;
  if (live?.metadata.deletionTimestamp !== undefined)
    invocation.err(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
  return texts(invocation, live, merged.object);
}

function* mergedWith(
  invocation: Invocation,
  info: Info,
  live: KubeObject | undefined,
): Steps<{ readonly object: KubeObject } | Failure> {
  if (readServerSide(invocation, 'server')) return yield* mergeOnServer(invocation, info, 'server');
  return live === undefined ? yield* created(invocation, info) : yield* patched(invocation, info, live);
}

function* created(invocation: Invocation, info: Info): Steps<{ readonly object: KubeObject } | Failure> {
  const { resource, namespace } = targetOf(info);
  const place = { resource, ...(namespace === undefined ? {} : { namespace }) };
  const object = info.object as KubeObject;
  const response = yield* ask(invocation, { verb: 'create', ...place, object, dryRun: true });
  return response.ok ? { object: response.object ?? object } : { status: response.status };
}

function* patched(
  invocation: Invocation,
  info: Info,
  live: KubeObject,
): Steps<{ readonly object: KubeObject } | Failure> {
  const local = withoutLastApplied(info.object as KubeObject);
  const { apiVersion, kind } = local;
  const original = (readLastApplied(live) ?? {}) as JsonObject;
  const [wanted, current] = [asJson(local), { ...asJson(live), apiVersion, kind }];
  const { patchType, patch } = threeWayMergePatch(original, wanted, current, { apiVersion, kind });
  if (Object.keys(patch).length === 0) return { object: live };
  const response = yield* ask(invocation, {
    verb: 'patch',
    ...targetOf(info),
    patchType,
    patch,
    dryRun: true,
  });
  return response.ok ? { object: response.object ?? live } : { status: response.status };
}

/** As kubectl prepares it: with a map of annotations, even if it is empty. */
function withoutLastApplied(object: KubeObject): KubeObject {
  const { [LAST_APPLIED]: _applied, ...annotations } = object.metadata.annotations ?? {};
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject;
}

function texts({ flags, version }: Invocation, live: KubeObject | undefined, merged: KubeObject): Compared {
  const showsOwners = flags.bool('show-managed-fields');
  const [from, to] = [live && shownObject(live, showsOwners), shownObject(merged, showsOwners)];
  const showsSecrets = version.minor >= 31 && flags.bool('show-secrets');
  const isMasked = merged.apiVersion === 'v1' && merged.kind === 'Secret' && !showsSecrets;
  const [left, right] = isMasked ? [masked(from, to, 'before'), masked(to, from, 'after')] : [from, to];
  return { from: left === undefined ? '' : printYaml(left), to: right === undefined ? '' : printYaml(right) };
}

/** Nobody is to read secrets in a difference: only that one was changed (kubectl: diff.go Masker). */
function masked(
  object: JsonObject | undefined,
  other: JsonObject | undefined,
  side: 'before' | 'after',
): JsonObject | undefined {
  const data = object?.['data'];
  if (object === undefined || !isObject(data)) return object;
  const theirs = isObject(other?.['data']) ? (other['data'] as JsonObject) : {};
  const hidden = Object.entries(data as JsonObject).map(([key, value]): [string, Json] => {
    const isChanged = theirs[key] !== undefined && theirs[key] !== value;
    return [key, isChanged ? `*** (${side})` : '***'];
  });
  return { ...object, data: Object.fromEntries(hidden) };
}

/** `apps.v1.Deployment.default.web` */
function fileName({ resource, namespace = '', name }: Info): string {
  const { group, version, kind } = resource;
  return [...(group === '' ? [] : [group]), version, kind, namespace, name].join('.');
}

/** A folder for the texts that are compared, as Go names such. */
function folder({ view, call }: Invocation, prefix: string): string {
  const number = drawWhole(
    view.chance,
    100_000_000,
    4_294_967_295,
    'diff-folder',
    prefix,
    call.command,
    call.instance,
  );
  return `/tmp/${prefix}-${number}`;
}

function stampOf({ epochNow }: Invocation): string {
  const { year, month, day, hour, minute, second, millisecond } = civilOf(epochNow);
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  const time = `${two(hour)}:${two(minute)}:${two(second)}.${String(millisecond).padStart(3, '0')}000000`;
  return `${date} ${time} +0000`;
}
