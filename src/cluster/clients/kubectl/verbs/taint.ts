import { quoteGo } from '../../../objects/go-json.ts';
import type { Node, Taint } from '../../../objects/kubernetes.ts';
import { resourceOf } from '../../../objects/schema/resources.ts';
import { labelValueProblems, qualifiedNameProblems } from '../../../objects/validation/name-syntax.ts';
import { bool } from '../../flags/flag.ts';
import { patchBetween, sendPatch } from '../change-object.ts';
import { type Failure, fail, failUsage, KubectlExit } from '../failure.ts';
import {
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  PRINT_FLAGS,
  SELECTOR_FLAG,
  VALIDATE_FLAG,
} from '../flags/common-flags.ts';
import type { Invocation, Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { reportObject } from '../output/report-object.ts';
import type { Info } from '../resources/info.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { visitEach } from '../visit.ts';

export const taint: Verb = {
  name: 'taint',
  flags: [
    ...PRINT_FLAGS,
    SELECTOR_FLAG,
    DRY_RUN_FLAG,
    FIELD_MANAGER_FLAG,
    VALIDATE_FLAG,
    bool('all'),
    bool('overwrite'),
  ],
  run: taintNodes,
};

interface Taints {
  readonly added: readonly Taint[];
  /** Without an effect: of every effect. */
  readonly removed: readonly { readonly key: string; readonly effect?: string }[];
}

function* taintNodes(invocation: Invocation): Steps {
  const { args, flags, path } = invocation;
  const dryRun = readDryRun(invocation);
  const first = args.findIndex((arg) => /[=:]|-$/.test(arg));
  const resources = first < 0 ? args : args.slice(0, first);
  const specs = first < 0 ? [] : args.slice(first);
  const stray = specs.find((arg) => !/[=:]|-$/.test(arg));
  if (stray !== undefined) fail(`all resources must be specified before taint changes: ${stray}`);
  if (resources.length === 0) fail('one or more resources must be specified as <resource> <name>');
  if (specs.length === 0) fail('at least one taint update is required');
  const taints = readTaints(specs, path);
  checkCall(invocation, resources, taints);
  const isSelecting = flags.bool('all') || flags.text('selector') !== '';
  const wanted = isSelecting ? ['nodes'] : ['nodes', ...resources.slice(1)];
  const { visited } = yield* selectObjects(invocation, { args: wanted, isLatest: true });
  return yield* visitEach(visited, (info) => taintOne(invocation, info, { taints, dryRun }));
}

function checkCall(
  { flags, resources: served }: Invocation,
  resources: readonly string[],
  { added, removed }: Taints,
): void {
  const [type = ''] = resources;
  const [plural] = type.split('.', 1);
  const resource = resourceOf(type, served);
  // A failure among several that are possible, and so without `error: `.
  if (resource === undefined) throw new KubectlExit(`the server doesn't have a resource type "${plural}"`);
  if (resource.kind !== 'Node') {
    fail(`invalid resource type ${type.toLowerCase()}, only node types are supported`);
  }
  const both = added.flatMap(({ key, effect }) =>
    removed.filter((other) => other.key === key && (other.effect === undefined || other.effect === effect)),
  );
  if (both.length > 0) {
    const listed = both.map(({ key, effect = '' }) => `${key}=${effect}`).join(', ');
    fail(`can not both modify and remove the following taint(s) in the same command: ${listed}`);
  }
  const selector = flags.text('selector');
  if (flags.bool('all') && selector !== '')
    fail("setting 'all' parameter with a non empty selector is prohibited");
  if (!flags.bool('all') && selector === '' && resources.length < 2) {
    fail("at least one resource name must be specified since 'all' parameter is not set");
  }
}

function readTaints(specs: readonly string[], path: string): Taints {
  const added: Taint[] = [];
  const removed: { readonly key: string; readonly effect?: string }[] = [];
  for (const spec of specs) {
    const isRemoval = spec.endsWith('-');
    const { key, value, effect } = readTaint(isRemoval ? spec.slice(0, -1) : spec, path);
    if (isRemoval) {
      removed.push(effect === undefined ? { key } : { key, effect });
      continue;
    }
    if (effect === undefined) return failUsage(path, `invalid taint spec: ${spec}`);
    if (added.some((other) => other.key === key && other.effect === effect)) {
      failUsage(
        path,
        `duplicated taints with the same key and effect: {${key} ${value ?? ''} ${effect} <nil>}`,
      );
    }
    added.push({ key, effect, ...(value === undefined || value === '' ? {} : { value }) });
  }
  return { added, removed };
}

/** `key=value:Effect`, `key:Effect` or `key` (kubectl: taint/utils.go parseTaint). */
function readTaint(
  spec: string,
  path: string,
): { readonly key: string; readonly value?: string; readonly effect?: string } {
  const parts = spec.split(':');
  const [left = '', effect] = parts;
  const [key = '', value, more] = effect === undefined ? [left] : left.split('=');
  if (effect !== undefined && !['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)) {
    failUsage(path, `invalid taint effect: ${effect}, unsupported taint effect`);
  }
  if (parts.length > 2 || more !== undefined) failUsage(path, `invalid taint spec: ${spec}`);
  const problems = [...labelValueProblems(value ?? ''), ...qualifiedNameProblems(key)];
  if (problems.length > 0) failUsage(path, `invalid taint spec: ${spec}, ${problems.join('; ')}`);
  return { key, ...(value === undefined ? {} : { value }), ...(effect === undefined ? {} : { effect }) };
}

interface Tainting {
  readonly taints: Taints;
  readonly dryRun: DryRun;
}

function* taintOne(
  invocation: Invocation,
  info: Info,
  { taints, dryRun }: Tainting,
): Steps<Failure | undefined> {
  const node = info.object as Node | undefined;
  if (node === undefined) throw new Error('a node that is tainted has been read');
  const old = node.spec?.taints ?? [];
  const isOverwriting = invocation.flags.bool('overwrite');
  const taken = taints.added.filter((added) => old.some((taint_) => isSame(taint_, added)));
  if (taken.length > 0 && !isOverwriting) {
    const keys = taken.map(({ key }) => key).join(',');
    return {
      message: `node ${info.name} already has ${keys} taint(s) with same effect(s) and --overwrite is false`,
    };
  }
  const merged = [
    ...taints.added,
    ...old.filter((taint_) => !taints.added.some((added) => isSame(added, taint_))),
  ];
  const outcome = withoutRemoved(merged, taints.removed);
  if ('missing' in outcome) return { message: outcome.missing };
  const hasAdded = merged.length !== old.length;
  const operation =
    (hasAdded && outcome.hasRemoved) || isOverwriting ? 'modified' : hasAdded ? 'tainted' : 'untainted';
  const changed: Node = { ...node, spec: { ...node.spec, taints: outcome.kept } };
  if (dryRun === 'client') {
    reportObject(invocation, { name: info.name, object: changed, operation });
    return undefined;
  }
  const sent = yield* sendPatch(invocation, {
    info,
    patch: patchBetween(node, outcome.kept.length === 0 ? withoutTaints(changed) : changed, 'strategic'),
    kind: 'strategic',
    dryRun,
  });
  if (!('object' in sent)) return sent;
  reportObject(invocation, { name: info.name, object: sent.object, operation });
  return undefined;
}

function withoutTaints(node: Node): Node {
  const { taints: _none, ...spec } = node.spec ?? {};
  return { ...node, spec };
}

function isSame(
  a: { readonly key: string; readonly effect: string },
  b: { readonly key: string; readonly effect: string },
): boolean {
  return a.key === b.key && a.effect === b.effect;
}

function withoutRemoved(
  taints: readonly Taint[],
  removed: Taints['removed'],
): { readonly kept: Taint[]; readonly hasRemoved: boolean } | { readonly missing: string } {
  let kept = [...taints];
  let hasRemoved = false;
  for (const { key, effect } of removed) {
    const rest = kept.filter(
      (other) => other.key !== key || (effect !== undefined && other.effect !== effect),
    );
    if (rest.length === kept.length) {
      return { missing: `taint ${quoteGo(effect === undefined ? key : `${key}:${effect}`)} not found` };
    }
    hasRemoved = true;
    kept = rest;
  }
  return { kept, hasRemoved };
}
