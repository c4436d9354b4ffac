import type { Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { Pod, StatefulSet } from '../../objects/kubernetes.ts';
import { selects } from '../../objects/label-selector.ts';
import { claimPods } from '../shared/claim-pods.ts';
import { settleOwners } from './claims.ts';
import { parentAndOrdinal } from './ordinals.ts';
import { processCondemned, rollNext } from './process-condemned.ts';
import { forAll, processReplica, type Step } from './process-replicas.ts';
import { report } from './report.ts';
import { revisionsOf, truncateHistory } from './revisions.ts';
import { lookAt, type StatefulLook, type Tally, tallyOf } from './stateful-look.ts';

/** One look at a StatefulSet (stateful_set.go sync). */
export function* syncStatefulSet(view: View, key: string, now: Millis): Reaction {
  const set = view.objects.byKey<StatefulSet>(key);
  if (set === undefined) return;
  const pods = yield* podsOf(view, set);
  const revisions = pods && (yield* revisionsOf(view, set));
  if (pods === undefined || revisions === undefined) return;
  const look = lookAt({ view, now, set, revisions, pods });
  const tally = tallyOf(look);
  if (set.metadata.deletionTimestamp === undefined) yield* makeSo(look, tally);
  yield* report(look, tally);
  yield* truncateHistory(set, revisions, pods);
}

/** Only pods that have a name of the set's are its own. */
function* podsOf(view: View, set: StatefulSet): Doing<readonly Pod[] | undefined> {
  return yield* claimPods(view, {
    owner: set,
    ownerResource: 'statefulsets.apps',
    matches: (pod) =>
      selects(set.spec.selector, pod.metadata.labels) && parentAndOrdinal(pod).parent === set.metadata.name,
  });
}

/** Scaling comes before updating, and neither begins before all that is to stay is as it is to be. */
function* makeSo(look: StatefulLook, tally: Tally): Doing<Step> {
  const { replicas, condemned, set } = look;
  const made = yield* forAll(look, replicas, (replica) => processReplica(look, tally, replica));
  if (made !== 'on') return made;
  const settled = yield* forAll(look, condemned, function* (pod): Doing<Step> {
    return (yield* settleOwners(look, pod)) ? 'on' : 'failed';
  });
  if (settled !== 'on') return settled;
  const gone = yield* forAll(look, condemned, (pod) => processCondemned(look, tally, pod));
  if (gone !== 'on' || set.spec.updateStrategy?.type === 'OnDelete') return gone;
  return yield* rollNext(look, tally);
}
