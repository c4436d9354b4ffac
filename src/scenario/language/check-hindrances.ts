import { parseLabelSelector } from '../../cluster/objects/label-selector.ts';
import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import { compileHindrance } from './compile-hindrance.ts';
import { compilePath, OUTSIDE, podsOf } from './compile-path.ts';
import type { KnownWords } from './known-words.ts';
import { nameOfBroken } from './name-of-fault.ts';
import type { Report } from './report.ts';
import type { HindranceDocument } from './schema/hindrance-schema.ts';
import type { PathDocument } from './schema/path-schema.ts';
import type { Path } from './span-at.ts';

interface Checked {
  readonly path: Path;
  readonly report: Report;
  readonly words: KnownWords;
  /** Machines and zones. */
  readonly known: readonly string[];
  /** Machines of the control plane. */
  readonly planes: readonly string[];
  /** What is harmed or slow at this point of the story, as it is called. */
  readonly harmed: Set<string>;
}

/** Reports what is wrong with a fault of a path, though its shape is right. */
export function checkPath(document: PathDocument, checked: Checked): void {
  const { path, report, harmed } = checked;
  const { from, to, between } = document;
  const [verb = ''] = Object.keys(document);
  if (between && (from !== undefined || to !== undefined)) {
    const message = 'it is said already between whom';
    report('conflicting-keys', [...path, 'between'], { message, hint: 'keep either', aim: 'key' });
  }
  if (!between && from === undefined && to === undefined && verb !== 'mend') {
    const message = 'it is not said between whom';
    const hint = 'write between: [pods/app=web, pods/app=db], or from: and to:';
    report('missing-key', [...path, verb], { message, hint, aim: 'key' });
  }
  checkEnd(from, [...path, 'from'], checked);
  checkEnd(to, [...path, 'to'], checked);
  for (const [index, end] of (between ?? []).entries()) checkEnd(end, [...path, 'between', index], checked);
  const fault = compilePath(document);
  const name = 'path' in fault && fault.path ? textOf(document) : ANY;
  if (fault.does === 'is harmed') harmed.add(textOf(document)).add(ANY);
  else if (!harmed.has(name)) reportWell([...path, verb], report);
}

/** Under which it is noted that there is any at all. */
const ANY = 'any path';

function textOf({ from, to, between }: PathDocument): string {
  return `path ${JSON.stringify(between ?? [from, to])}`;
}

function reportWell(path: Path, report: Report): void {
  report('conflicting-keys', path, { message: 'it is as it should be', hint: 'take the step away' });
}

function checkEnd(end: PathDocument['from'], path: Path, { report, known, words }: Checked): void {
  if (end === undefined || end === OUTSIDE) return;
  const pods = podsOf(end);
  if (pods) {
    checkPods(pods.selector, path, { report, words });
    return;
  }
  for (const [index, name] of ([end].flat() as readonly string[]).entries()) {
    if (known.includes(name)) continue;
    const near = nearMiss(name, [...known, OUTSIDE]);
    const hint =
      near === undefined
        ? `there are ${known.join(', ')}; pods are written pods/app=web`
        : `did you mean "${near}"?`;
    const place = typeof end === 'string' ? path : [...path, index];
    report('matches-nothing', place, { message: `the cluster has no node "${name}"`, hint });
  }
}

function checkPods(selector: string, path: Path, { report, words }: Pick<Checked, 'report' | 'words'>): void {
  const parsed = parseLabelSelector(selector);
  if (!parsed.ok) {
    const message = `this is no selector: ${parsed.problem}`;
    report('bad-pattern', path, {
      message,
      hint: 'write it as for kubectl -l: app=web,tier in (front,back)',
    });
    return;
  }
  for (const { key, operator, values } of parsed.requirements) {
    const [value = ''] = values;
    if ((operator !== '=' && operator !== '==') || words.has(value)) continue;
    const near = words.near(value);
    report('matches-nothing', path, {
      message: `no pod can have the label ${key}=${value}: no command and no manifest of the scenario has that word`,
      ...(near !== undefined && { hint: `did you mean "${near}"?` }),
    });
  }
}

/** Reports what is wrong with a fault that makes programs slow, or their requests fail. */
export function checkHindrance(document: HindranceDocument, checked: Checked): void {
  const { path, report, harmed } = checked;
  const [verb = ''] = Object.keys(document);
  const fault = compileHindrance(document);
  const { of, program, byMs, times } = fault.hindrance;
  if (of === 'work' && verb === 'slow' && (byMs === undefined) === (times === undefined)) {
    const code = byMs === undefined ? 'missing-key' : 'conflicting-keys';
    const message = byMs === undefined ? 'it is not said how slow' : 'it is said twice how slow';
    report(code, [...path, byMs === undefined ? verb : 'times'], {
      message,
      hint: 'write by: 500ms, or times: 100',
      aim: 'key',
    });
  }
  if (fault.nodes) checkPlace(program, fault.nodes, checked);
  const name = nameOfBroken({ anywhere: { ...fault, does: 'is relieved', hindrance: { of, program } } });
  if (fault.does === 'is hindered') harmed.add(name);
  else if (!harmed.has(name)) reportWell([...path, verb], report);
}

/** Only what runs on machines of the cluster can be named by them. */
function checkPlace(
  program: string,
  nodes: readonly string[],
  { path, report, known, planes }: Checked,
): void {
  const isOfMachines = program === 'kubelet' || program === 'kube-proxy';
  if (!isOfMachines && program !== 'etcd') {
    const message = `${program === '*' ? 'they are' : `${program} is`} not of a machine`;
    report('conflicting-keys', [...path, 'node'], { message, hint: 'leave the node away', aim: 'key' });
    return;
  }
  const there = isOfMachines ? known : planes;
  for (const node of nodes) {
    if (there.includes(node)) continue;
    const near = nearMiss(node, there);
    const hint =
      near !== undefined
        ? `did you mean "${near}"?`
        : there.length > 0
          ? `there are ${there.join(', ')}`
          : 'it is run elsewhere: leave the node away';
    const message = isOfMachines
      ? `the cluster has no node "${node}"`
      : `the control plane does not run on "${node}"`;
    report('matches-nothing', [...path, 'node'], { message, hint });
  }
}
