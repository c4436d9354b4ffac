import type { Millis } from '../../kernel/time/millis.ts';
import { derivedOfText } from '../objects/derived.ts';

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
export const managerOfActor = derivedOfText((actor) => {
  const slash = actor.indexOf('/');
  return BY_ACTOR[slash < 0 ? actor : actor.slice(0, slash)] ?? 'kube-controller-manager';
}, 10_000);
