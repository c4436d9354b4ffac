import type { Millis } from '../../../../kernel/time/millis.ts';
import type { Outcome, Watched } from '../../program.ts';
import { fail } from '../failure.ts';
import { DONE, type Invocation } from '../invocation.ts';

/** An object that was deleted, and is waited for. */
export interface Deleted extends Watched {
  readonly name: string;
  /** A new object of the same name is not the one that is waited for. */
  readonly uid?: string;
}

export interface DeletionWait {
  readonly targets: readonly Deleted[];
  readonly endsAt: Millis;
}

/** Goes on once all are gone; until then the call is held up (kubectl: wait/delete.go IsDeleted). */
export function awaitDeletion(invocation: Invocation, wait: DeletionWait): Outcome {
  const targets = stillThere(invocation, wait.targets);
  const [first] = targets;
  if (first === undefined) return DONE;
  if (invocation.call.now >= wait.endsAt) {
    const plural = first.resource.split('.', 1)[0];
    return fail(`timed out waiting for the condition on ${plural}/${first.name}`);
  }
  const memory: DeletionWait = { targets, endsAt: wait.endsAt };
  const watches = targets.map(({ uid: _uid, ...watched }) => watched);
  return { pause: { memory, wakeAt: wait.endsAt, watches } };
}

export function stillThere({ view }: Invocation, targets: readonly Deleted[]): readonly Deleted[] {
  return targets.filter(({ resource, namespace, name, uid }) => {
    const object = view.objects.get(resource, namespace, name);
    return object !== undefined && (uid === undefined || object.metadata.uid === uid);
  });
}
