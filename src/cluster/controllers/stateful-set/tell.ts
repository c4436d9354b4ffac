import type { Doing } from '../../contract/doing.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { record } from '../../recorder/record.ts';
import { ACTOR, type StatefulLook } from './stateful-look.ts';

/** Recorded in 1.20 and in 1.36. */
const IS_CAPITAL: Since<boolean> = [
  [20, false],
  [36, true],
];

/** What was done to a pod, or to a claim of it, and what kept it from being done. */
export interface Told {
  readonly verb: 'create' | 'update' | 'delete';
  readonly pod: Pod;
  readonly claim?: string;
  readonly problem?: string;
}

/** An Event about the set (stateful_pod_control.go recordPodEvent, recordClaimEvent). */
export function* tell({ view, now, set }: StatefulLook, { verb, pod, claim, problem }: Told): Doing<void> {
  const title = `${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}`;
  const said = inVersion(IS_CAPITAL, view.settings.version) ? title : verb;
  const done = problem === undefined;
  const between = claim === undefined ? ' ' : ` Claim ${claim} ${done ? '' : 'for '}`;
  const success = claim === undefined ? 'successful' : 'success';
  const ending = done ? success : `failed error: ${problem}`;
  const message = `${said}${between}Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} ${ending}`;
  const type = done ? 'Normal' : 'Warning';
  const reason = `${done ? 'Successful' : 'Failed'}${title}`;
  yield* record(view, { component: ACTOR, object: set, type, reason, message }, now);
}
