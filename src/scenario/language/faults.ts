import type { AnywhereFault } from '../../cluster/faults/anywhere-fault.ts';
import type { Fault } from '../../cluster/faults/fault.ts';
import { KUBELET_RESTART_MS } from '../../cluster/kubeadm/kubelet-unit.ts';
import { wholeValue } from '../../cluster/objects/quantity.ts';
import { resourceOf } from '../../cluster/objects/schema/resources.ts';
import { EVERYBODY } from '../../cluster/world/reach.ts';
import { parseGoDuration } from '../../kernel/time/go-duration.ts';
import { SECOND } from '../../kernel/time/millis.ts';
import type { Broken, FaultOrder } from '../scenario.ts';
import { millisOf } from './compile-duration.ts';
import { compileHindrance, isHindranceDocument, relieved } from './compile-hindrance.ts';
import { compilePath, isPathDocument, mendedPath } from './compile-path.ts';
import { nameOfBroken } from './name-of-fault.ts';
import type { FaultDocument } from './schema/fault-schema.ts';
import type { HindranceDocument } from './schema/hindrance-schema.ts';
import type { PathDocument } from './schema/path-schema.ts';

export function compileFault(document: FaultDocument): FaultOrder {
  const broken = brokenOf(document);
  const lastsMs = lastsOf(document);
  const mend = lastsMs === undefined ? undefined : mended(broken);
  return lastsMs === undefined || !mend ? broken : { ...broken, lasts: { forMs: lastsMs, mend } };
}

/** What a step without words of its own is called. */
export function nameOfFault(document: FaultDocument): string {
  const { lasts: _, ...broken } = compileFault(document);
  const name = nameOfBroken(broken as Broken);
  return 'for' in document && document.for !== undefined ? `${name} for ${document.for}` : name;
}

/** systemd starts containerd again after this time (containerd.service: RestartSec). */
const RUNTIME_RESTART_MS = 5 * SECOND;

function lastsOf(document: FaultDocument): number | undefined {
  if ('restart' in document && document.restart === 'containerd')
    return document.takes === undefined ? RUNTIME_RESTART_MS : millisOf(document.takes);
  if ('kill' in document && document.kill === 'containerd') return RUNTIME_RESTART_MS;
  return 'for' in document && document.for !== undefined ? millisOf(document.for) : undefined;
}

/** What undoes it, where something does. */
function mended(broken: Broken): Broken | undefined {
  if ('controlPlane' in broken) return undefined;
  if ('anywhere' in broken) {
    const anywhere = mendedAnywhere(broken.anywhere);
    return anywhere && { anywhere };
  }
  const { nodes, fault } = broken;
  const after = mendedOnMachine(fault);
  return after && { nodes, fault: after };
}

function mendedAnywhere(fault: AnywhereFault): AnywhereFault | undefined {
  switch (fault.of) {
    case 'registry':
      return { of: 'registry', does: 'is mended', registry: fault.registry };
    case 'path':
      return mendedPath(fault);
    case 'program':
      return relieved(fault);
    case 'container':
      return fault.does === 'is frozen' ? { ...fault, does: 'is resumed' } : undefined;
    default:
      return undefined;
  }
}

function mendedOnMachine(fault: Fault): Fault | undefined {
  switch (fault.does) {
    case 'stops':
      return { of: fault.of, does: 'starts' } as Fault;
    case 'freezes':
      return { of: fault.of, does: 'resumes' };
    case 'is cut':
      return { ...fault, does: 'is mended' };
    case 'fills':
      return { of: 'disk', does: 'is freed' };
    case 'is set':
      return { ...fault, byMs: 0 };
    default:
      return undefined;
  }
}

function brokenOf(document: FaultDocument): Broken {
  if (isPathDocument(document)) return { anywhere: compilePath(document) };
  if (isHindranceDocument(document)) return { anywhere: compileHindrance(document) };
  return brokenBy(document);
}

type Others = Exclude<FaultDocument, PathDocument | HindranceDocument>;

function brokenBy(document: Others): Broken {
  if ('save' in document) return { controlPlane: { of: 'etcd', does: 'is saved', as: document.as } };
  if ('restore' in document) return { controlPlane: { of: 'etcd', does: 'is restored', as: document.to } };
  if ('fail' in document) {
    const { because: answers, registry = '*' } = document;
    return { anywhere: { of: 'registry', does: 'fails', registry, answers } };
  }
  if ('slow' in document) {
    const { by, registry = '*' } = document;
    return { anywhere: { of: 'registry', does: 'fails', registry, slowMs: millisOf(by) } };
  }
  if ('mend' in document && document.mend === 'pulls')
    return { anywhere: { of: 'registry', does: 'is mended', registry: document.registry ?? '*' } };
  if ('drop' in document) {
    const { of: program, resources } = document;
    const names = resources?.map((word) => resourceOf(word)?.name ?? word);
    return { anywhere: { of: 'watches', does: 'break', program, ...(names && { resources: names }) } };
  }
  if ('pod' in document) return { anywhere: ofContainer(document) };
  return { nodes: document.node === undefined ? [] : listOf(document.node), fault: faultOf(document) };
}

function ofContainer(document: Extract<Others, { pod: unknown }>): AnywhereFault {
  const { pod, namespace, container } = document;
  const meant = {
    ...(namespace !== undefined && { namespace }),
    pod,
    ...(container !== undefined && { container }),
  };
  if ('kill' in document) {
    const { signal = 'KILL' } = document;
    return { of: 'container', does: 'is killed', ...meant, signal };
  }
  return { of: 'container', does: 'freeze' in document ? 'is frozen' : 'is resumed', ...meant };
}

type OnMachine = Exclude<
  Others,
  | { save: unknown }
  | { restore: unknown }
  | { fail: unknown }
  | { slow: unknown }
  | { drop: unknown }
  | { pod: unknown }
  | { mend: 'pulls' }
>;

function faultOf(document: OnMachine): Fault {
  if ('stop' in document) return { of: document.stop, does: 'stops' };
  if ('start' in document) return { of: document.start, does: 'starts' };
  if ('freeze' in document) return { of: 'kubelet', does: 'freezes' };
  if ('resume' in document) return { of: 'kubelet', does: 'resumes' };
  if ('restart' in document) {
    const { restart, takes } = document;
    if (restart === 'containerd') return { of: restart, does: 'stops' };
    return { of: restart, does: 'restarts', ...(takes !== undefined && { takesMs: millisOf(takes) }) };
  }
  if ('kill' in document) {
    const { kill } = document;
    if (kill === 'containerd') return { of: kill, does: 'stops' };
    return { of: kill, does: 'restarts', ...(kill === 'kubelet' && { takesMs: KUBELET_RESTART_MS }) };
  }
  if ('fill' in document) return { of: 'disk', does: 'fills', sizeBytes: wholeValue(document.size) };
  if ('free' in document) return { of: 'disk', does: 'is freed' };
  if ('skew' in document) {
    return { of: 'clock', does: 'is set', byMs: Math.round(parseGoDuration(document.by) ?? 0) };
  }
  if ('expire' in document) {
    const { names } = document;
    return { of: 'certificates', does: 'expire', ...(names && { names }) };
  }
  if ('lose' in document) return { of: 'data of etcd', does: 'is lost' };
  if ('corrupt' in document) return { of: 'data of etcd', does: 'is corrupted' };
  if ('mend' in document && document.mend === 'clock') return { of: 'clock', does: 'is set', byMs: 0 };
  const { from } = document;
  const does = 'cut' in document ? 'is cut' : 'is mended';
  return { of: 'network', does, from: from === undefined ? [EVERYBODY] : listOf(from) };
}

function listOf(one: string | readonly string[]): readonly string[] {
  return typeof one === 'string' ? [one] : one;
}
