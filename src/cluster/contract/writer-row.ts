import type { Millis } from '../../kernel/time/millis.ts';

/** By which name an object was written by somebody who types; kept with the version that it wrote. */
export interface WriterRow {
  /** `metadata.managedFields[].manager` */
  readonly manager: string;
  readonly at: Millis;
}

const BY_ACTOR: Readonly<Record<string, string>> = {
  // What those who type mostly do; another verb of kubectl says its own name.
  kubectl: 'kubectl-client-side-apply',
  scheduler: 'kube-scheduler',
  kubelet: 'kubelet',
};

/** The field manager of a write that names none: the program that the actor belongs to. */
export function managerOfActor(actor: string): string {
  let manager = known.get(actor);
  if (manager === undefined) {
    manager = findManager(actor);
    known.set(actor, manager);
  }
  return manager;
}

// Follows from the actor's name alone, and is asked for with every request.
const known = new Map<string, string>();

function findManager(actor: string): string {
  const slash = actor.indexOf('/');
  return BY_ACTOR[slash < 0 ? actor : actor.slice(0, slash)] ?? 'kube-controller-manager';
}
