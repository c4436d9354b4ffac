import { ZONE } from '../../cluster/contract/machine-rows.ts';
import { isOfProgram, type MachineFault } from '../../cluster/faults/fault.ts';
import type { ProgramFault } from '../../cluster/faults/program-fault.ts';
import type { Resource } from '../../cluster/objects/schema/resources.ts';
import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import { CONTROL_PLANE, EVERYBODY } from '../../cluster/world/reach.ts';
import { checkElsewhere, checkOfPlanes } from './check-faults-elsewhere.ts';
import { checkHindrance, checkPath } from './check-hindrances.ts';
import { isHindranceDocument } from './compile-hindrance.ts';
import { isPathDocument } from './compile-path.ts';
import { compileFault } from './faults.ts';
import type { KnownWords } from './known-words.ts';
import type { Report } from './report.ts';
import type { FaultDocument } from './schema/fault-schema.ts';
import type { HindranceDocument } from './schema/hindrance-schema.ts';
import type { PathDocument } from './schema/path-schema.ts';
import type { PlacedStep } from './stories.ts';

type Path = readonly (string | number)[];

/** How a machine is at a point of the story. */
interface Health {
  kubelet: 'runs' | 'stopped' | 'frozen';
  hasRuntime: boolean;
  isFull: boolean;
  isOff: boolean;
  readonly cutFrom: Set<string>;
}

interface Cast {
  readonly nodes: readonly string[];
  /** Those of them that the control plane runs on. */
  readonly planes: readonly string[];
  /** The zones that nodes are in. */
  readonly zones: readonly string[];
  readonly report: Report;
  readonly words: KnownWords;
  readonly resources: readonly Resource[];
}

/** Reports what can not break, or not be mended, in the order of the story. */
export function checkFaults(steps: readonly PlacedStep[], cast: Cast): void {
  const { nodes, report } = cast;
  const past: Past = {
    known: [...nodes],
    saved: [],
    healths: new Map(),
    stopped: new Set(),
    broken: new Set(),
    harmed: new Set(),
    uncertain: new Set(),
  };
  for (const { step, path: place } of steps) {
    const { fault, join } = step;
    if (join) {
      const { name } = join;
      if (past.known.includes(name)) {
        const message = `the cluster has a node "${name}" already`;
        report('conflicting-keys', [...place, 'join', 'name'], { message, hint: 'call it otherwise' });
      }
      past.known.push(name);
    }
    if (fault) checkFault(fault, { ...cast, path: [...place, 'fault'] }, past);
  }
}

/** What steps before have done. */
interface Past {
  readonly known: string[];
  readonly saved: string[];
  readonly healths: Map<string, Health>;
  /** Programs of the control plane. */
  readonly stopped: Set<string>;
  /** Registries. */
  readonly broken: Set<string>;
  /** Paths, and programs that are slow. */
  readonly harmed: Set<string>;
  /** What is mended by itself may be whole again whenever the story gets there. */
  readonly uncertain: Set<string>;
}

function checkFault(fault: FaultDocument, cast: Cast & { readonly path: Path }, past: Past): void {
  const { planes, zones, path, report } = cast;
  const { saved, known, broken, stopped, uncertain } = past;
  if ('save' in fault || 'restore' in fault) {
    checkSaved(fault, saved, { path, report });
    return;
  }
  if (isPathDocument(fault) || isHindranceDocument(fault)) {
    const named = [...known, ...zones.map((zone) => ZONE + zone)];
    const hindered = { ...cast, known: named, harmed: past.harmed };
    if (isPathDocument(fault)) checkPath(fault, hindered);
    else checkHindrance(fault, hindered);
    return;
  }
  if (!areKnown(fault, { known: [...known, ...zones.map((zone) => ZONE + zone)], path, report })) return;
  checkOfPlanes(fault, { planes, path, report });
  const order = compileFault(fault);
  if ('controlPlane' in order) return;
  if ('anywhere' in order) {
    checkElsewhere(fault, { ...cast, broken });
    return;
  }
  const { nodes, fault: wrong, lasts } = order;
  if (!isOfProgram(wrong)) {
    const [verb = ''] = Object.keys(fault);
    const of = { verb, fault: wrong, isLasting: !lasts };
    for (const node of nodes) checkMachine({ ...of, node }, { path, report }, past);
    return;
  }
  if (lasts) uncertain.add(wrong.of);
  const places = { planes, stopped, uncertain, path, report };
  checkProgramFault({ fault: wrong, nodes, isLasting: !lasts }, places);
}

interface OfMachine {
  /** As it is written: `stop`. */
  readonly verb: string;
  readonly fault: MachineFault;
  readonly node: string;
  /** Nothing mends it by itself. */
  readonly isLasting: boolean;
}

function checkMachine(
  { verb, fault, node, isLasting }: OfMachine,
  { path, report }: Omit<Naming, 'known'>,
  { healths, uncertain }: Past,
): void {
  const health = healths.get(node) ?? wellAndWhole();
  healths.set(node, health);
  const place = `${fault.of} ${node}`;
  const message = objection(fault, health);
  if (message !== undefined && !uncertain.has(place)) {
    report('conflicting-keys', [...path, verb], { message, hint: 'take the step away' });
  }
  if (isLasting) suffer(fault, health);
  else uncertain.add(place);
}

function wellAndWhole(): Health {
  return { kubelet: 'runs', hasRuntime: true, isFull: false, isOff: false, cutFrom: new Set<string>() };
}

/** What is restored has been saved before. */
function checkSaved(fault: FaultDocument, saved: string[], { path, report }: Omit<Naming, 'known'>): void {
  if ('save' in fault) saved.push(fault.as);
  if (!('restore' in fault) || saved.includes(fault.to)) return;
  const near = nearMiss(fault.to, saved);
  const hint = near === undefined ? 'let a step before it save etcd' : `did you mean "${near}"?`;
  report('matches-nothing', [...path, 'to'], { message: `nothing was saved as "${fault.to}"`, hint });
}

interface Naming {
  readonly known: readonly string[];
  readonly path: Path;
  readonly report: Report;
}

type OtherFault = Exclude<FaultDocument, PathDocument | HindranceDocument>;

/** Whether all nodes are there of which a fault speaks. */
function areKnown(fault: OtherFault, { known, path, report }: Naming): boolean {
  let isAll = true;
  const check = (
    named: string | readonly string[] | undefined,
    key: string,
    others: readonly string[],
  ): void => {
    const words = [...others, ...known];
    for (const [index, node] of (typeof named === 'string' ? [named] : (named ?? [])).entries()) {
      if (words.includes(node)) continue;
      isAll = false;
      const near = nearMiss(node, words);
      const hint = near === undefined ? `there are ${words.join(', ')}` : `did you mean "${near}"?`;
      const place = typeof named === 'string' ? [...path, key] : [...path, key, index];
      report('matches-nothing', place, { message: `the cluster has no node "${node}"`, hint });
    }
  };
  if ('node' in fault && fault.node !== undefined) check(fault.node, 'node', []);
  if ('from' in fault) check(fault.from, 'from', [CONTROL_PLANE]);
  return isAll;
}

/** Why something can't happen to a machine. */
function objection(fault: MachineFault, health: Health): string | undefined {
  const { isOff, cutFrom } = health;
  if (fault.of === 'network') {
    const isCut = fault.from.every((party) => cutFrom.has(party) || cutFrom.has(EVERYBODY));
    if (fault.does === 'is cut') return isCut ? 'it has been cut already' : undefined;
    return cutFrom.size === 0 ? 'it has not been cut' : undefined;
  }
  if (fault.of === 'machine') {
    if (fault.does === 'starts') return isOff ? undefined : 'it has not been stopped';
    return isOff ? 'it has been stopped already' : undefined;
  }
  return isOff ? 'its machine has been stopped' : objectionOfPart(fault, health);
}

function objectionOfPart(fault: MachineFault, health: Health): string | undefined {
  const { kubelet } = health;
  switch (fault.of) {
    case 'kubelet':
      return objectionOfKubelet(fault.does, kubelet);
    case 'containerd':
      if (fault.does === 'starts') return health.hasRuntime ? 'it has not been stopped' : undefined;
      return health.hasRuntime ? undefined : 'it has been stopped already';
    case 'disk':
      return fault.does === 'is freed' && !health.isFull ? 'it has not been filled' : undefined;
    default:
      return undefined;
  }
}

function objectionOfKubelet(does: MachineFault['does'], kubelet: Health['kubelet']): string | undefined {
  switch (does) {
    case 'starts':
      return kubelet === 'stopped' ? undefined : 'it has not been stopped';
    case 'resumes':
      return kubelet === 'frozen' ? undefined : 'it does not stand still';
    case 'freezes':
      return kubelet === 'runs' ? undefined : 'it does not run';
    default:
      return kubelet === 'stopped' ? 'it has been stopped already' : undefined;
  }
}

function suffer(fault: MachineFault, health: Health): void {
  if (fault.of === 'network') {
    if (fault.does === 'is cut') for (const party of fault.from) health.cutFrom.add(party);
    else if (fault.from.includes(EVERYBODY)) health.cutFrom.clear();
    else for (const party of fault.from) health.cutFrom.delete(party);
    return;
  }
  if (fault.of === 'machine') {
    health.isOff = fault.does === 'stops';
    health.kubelet = 'runs';
    return;
  }
  if (fault.of === 'containerd') health.hasRuntime = fault.does === 'starts';
  if (fault.of === 'disk') health.isFull = fault.does === 'fills';
  if (fault.of !== 'kubelet') return;
  if (fault.does === 'stops') health.kubelet = 'stopped';
  else health.kubelet = fault.does === 'freezes' ? 'frozen' : 'runs';
}

interface Places {
  readonly planes: readonly string[];
  /** What has been stopped so far: `kube-scheduler node-1`. */
  readonly stopped: Set<string>;
  /** Of what nobody can say whether it is whole again. */
  readonly uncertain: ReadonlySet<string>;
  readonly path: Path;
  readonly report: Report;
}

interface OfPlanes {
  readonly fault: ProgramFault;
  readonly nodes: readonly string[];
  /** Nothing mends it by itself. */
  readonly isLasting: boolean;
}

function checkProgramFault(
  { fault: { of, does }, nodes, isLasting }: OfPlanes,
  { planes, stopped, uncertain, path, report }: Places,
): void {
  for (const node of nodes) {
    if (planes.includes(node)) continue;
    const message = `the control plane does not run on "${node}"`;
    const hint =
      planes.length > 0 ? `it runs on ${planes.join(', ')}` : 'it is run elsewhere: leave the node away';
    report('conflicting-keys', [...path, 'node'], { message, hint });
  }
  const places = (nodes.length > 0 ? nodes : planes.length > 0 ? planes : ['']).map(
    (node) => `${of} ${node}`,
  );
  const isWrong = places.every((place) => stopped.has(place) !== (does === 'starts'));
  if (isWrong && !uncertain.has(of)) {
    const message = does === 'starts' ? 'it has not been stopped' : 'it has been stopped already';
    const key = does === 'starts' ? 'start' : does === 'stops' ? 'stop' : 'restart';
    report('conflicting-keys', [...path, key], { message, hint: 'take the step away' });
  }
  for (const place of places) {
    if (does === 'stops' && isLasting) stopped.add(place);
    else if (does === 'starts') stopped.delete(place);
  }
}
