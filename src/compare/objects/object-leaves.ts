import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { EndpointSlice, Endpoints } from '../../cluster/objects/kubernetes.ts';
import { flatten, type Leaves } from '../normal/flatten.ts';
import { maskText } from '../normal/masks.ts';
import type { Naming } from '../normal/names.ts';

/** What an object says, but for what is of each play. */
export interface ObjectLeaves {
  /** What was asked for: labels, owners, spec, data. */
  readonly asked: Leaves;
  /** What is so: each leaf by itself, as a controller writes it when it comes to know. */
  readonly found: Leaves;
}

/** Of each play, a time, or a hash that differs between versions (README 1.36, 3.0.12). */
const NOT_JUDGED: readonly RegExp[] = [
  /^(apiVersion|kind)$/,
  /^metadata\.(name|generateName|namespace|uid|resourceVersion|creationTimestamp|managedFields.*)$/,
  /^metadata\.(deletionTimestamp|generation|annotations|selfLink)$/,
  /^metadata\.annotations\.(kubectl\.kubernetes\.io\/last-applied-configuration|endpoints\.kubernetes\.io\/last-change-trigger-time)$/,
  // Of the machines: when they beat, and what they are made of.
  /^metadata\.annotations\.(node\.alpha|volumes|csi|kubeadm)\b/,
  /Time$|Timestamp$|\btimeAdded$|At$/,
  /\buid$|\bresourceVersion$/,
  /^spec\.(clusterIPs?|podCIDRs?|providerID|externalID)\b|^spec\.ports\.[^.]+\.nodePort$/,
  /controller-uid$/,
  // kube-root-ca.crt: the recorder left certificates out.
  /^data\.ca\.crt$|^binaryData\b/,
  /\bdata\b.*\bnamespace$/,
];

/** A kind's own words for what is so, instead of its fields. */
const FOUND: Readonly<Record<string, (object: KubeObject) => unknown>> = {
  EndpointSlice: (object) => slicePlaces(object as EndpointSlice),
  Endpoints: (object) => endpointPlaces(object as Endpoints),
  Node: (object) => {
    const { conditions } = (object as { status?: { conditions?: unknown } }).status ?? {};
    return { conditions };
  },
};

/** Parts of an object that `FOUND` tells. */
const TOLD_AS_FOUND = /^(status|endpoints|subsets)\b/;

export function leavesOf(object: KubeObject, naming: Naming): ObjectLeaves {
  const say = (text: string) => naming(maskText(text));
  const asked = new Map<string, string>();
  for (const [path, value] of flatten(object)) {
    if (TOLD_AS_FOUND.test(path) || NOT_JUDGED.some((pattern) => pattern.test(path))) continue;
    if (value === '{}' || value === '[]' || value === 'null') continue;
    asked.set(say(path), say(value));
  }
  const found = new Map<string, string>();
  const own = FOUND[object.kind]?.(object) ?? (object as { status?: unknown }).status ?? {};
  for (const [path, value] of flatten(own)) {
    if (path === '' || NOT_JUDGED.some((pattern) => pattern.test(path))) continue;
    found.set(say(path), say(value));
  }
  return { asked, found };
}

/** `<pod>: ready serving`, whatever its address and its place in the list. */
function slicePlaces({ endpoints, ports }: EndpointSlice): unknown {
  const named = (endpoints ?? []).map(({ targetRef, conditions = {}, addresses }) => {
    const { ready, serving, terminating } = conditions;
    const is = { ready, ...(serving !== undefined && { serving, terminating }) };
    return [targetRef?.name ?? addresses.join(), is];
  });
  return { endpoints: Object.fromEntries(named), ports: (ports ?? []).length };
}

function endpointPlaces({ subsets }: Endpoints): unknown {
  const places: Record<string, string> = {};
  for (const { addresses = [], notReadyAddresses = [] } of subsets ?? []) {
    for (const { targetRef, ip } of addresses) places[targetRef?.name ?? ip] = 'ready';
    for (const { targetRef, ip } of notReadyAddresses) places[targetRef?.name ?? ip] = 'not ready';
  }
  return { endpoints: places };
}
