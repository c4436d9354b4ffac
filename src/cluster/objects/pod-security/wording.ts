import type { Container, PodSpec } from '../kubernetes.ts';

/** Why a pod breaks a rule: in short, and who breaks it. */
export interface Violation {
  readonly reason: string;
  readonly detail: string;
}

/** A rule of a level (pod-security-admission/policy): what is wrong with a pod, if anything is. */
export type Rule = (spec: PodSpec, annotations: Readonly<Record<string, string>>) => Violation | undefined;

/** In the order in which the rules look at them. */
export function containersOf({
  initContainers = [],
  containers,
  ephemeralContainers = [],
}: PodSpec): Container[] {
  return [...initContainers, ...containers, ...(ephemeralContainers as Container[])];
}

/** `container "a"`, `containers "a", "b"` */
export function counted(noun: string, names: readonly string[]): string {
  return `${plural(noun, names)} ${quoted(names)}`;
}

export function plural(noun: string, names: readonly string[]): string {
  return names.length === 1 ? noun : `${noun}s`;
}

export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

export function namesOf(containers: readonly Container[]): string[] {
  return containers.map(({ name }) => name);
}

export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** Who sets something himself: the pod, containers, or both. */
export function setters(isPod: boolean, containers: readonly Container[]): string {
  const parts = [
    ...(isPod ? ['pod'] : []),
    ...(containers.length > 0 ? [counted('container', namesOf(containers))] : []),
  ];
  return parts.join(' and ');
}
