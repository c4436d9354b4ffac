import type { Millis } from '../../kernel/time/millis.ts';
import type { CachesRenewed } from '../contract/api-event.ts';
import type { Address, Component, View, Wake } from '../contract/component.ts';
import { inVersion, type Since } from '../objects/versions.ts';
import { RESTORED_AT } from '../world/evolve-restore.ts';

const NAME = 'reflectors';

/** Watches that do not outlive a restore of etcd, and how long after it they are begun anew. */
interface GivenUp {
  readonly program: CachesRenewed['program'];
  /** Absent: all that it watches. */
  readonly resources?: readonly string[];
  readonly afterMs: Millis;
  /** What is gone is told by a row of its own. */
  readonly keepsGone?: true;
}

const SETS = 'replicasets.apps';
const SLICES = 'endpointslices.discovery.k8s.io';

/**
 * Which watches break down is a race with an API server that comes up; these are the ones that did (recorded,
 * e-etcd-restore of 1.20 and 1.36). All others wait for a revision that the store has not reached.
 */
const GIVEN_UP: Since<readonly GivenUp[]> = [
  [
    20,
    [
      { program: 'kubelet', afterMs: 45_000 },
      // A list is worked through before what is missing in it is told (client-go: DeltaFIFO Replace).
      { program: 'kube-controller-manager', resources: [SETS], afterMs: 45_840, keepsGone: true },
      { program: 'kube-controller-manager', resources: [SETS], afterMs: 45_849 },
      { program: 'kube-scheduler', resources: ['pods'], afterMs: 45_870 },
      { program: 'kube-controller-manager', resources: ['pods'], afterMs: 45_920 },
      { program: 'kube-controller-manager', resources: [SLICES], afterMs: 45_940 },
      { program: 'kube-controller-manager', resources: ['endpoints'], afterMs: 46_150 },
    ],
  ],
  [31, [{ program: 'kube-controller-manager', resources: ['deployments.apps'], afterMs: 3000 }]],
];

/** Watches that broke down when etcd was turned back, and are begun anew a while later. */
export const reflectors: Component = {
  name: NAME,
  concernedBy: ['StoreRestored'],
  concernsOf({ event }, rows) {
    if (event.type !== 'StoreRestored') return [];
    return addressesOf(rows.rowsBy('machines', 'all', '').map(({ node }) => node));
  },
  addresses: ({ rows }) => addressesOf(rows.rowsBy('machines', 'all', '').map(({ node }) => node)),
  *reconcile(view, { key }, now) {
    if (dueAt(view, key) === now) yield renewal(view, key);
  },
  wake(view, { key }, from): Wake | undefined {
    const at = dueAt(view, key);
    return at === undefined || at < from
      ? undefined
      : { at, cause: view.rows.changedAt('counters', RESTORED_AT) };
  },
};

/** One for each watch that may break down: its place in the table, and the machine. */
function addressesOf(nodes: readonly string[]): readonly Address[] {
  const most = Math.max(...GIVEN_UP.map(([, rows]) => rows.length));
  return Array.from({ length: most }, (_, place) => place).flatMap((place) =>
    ['', ...nodes].map((node) => ({ actor: NAME, key: `${place} ${node}` })),
  );
}

function givenUpAt({ settings }: View, key: string): GivenUp | undefined {
  const [place = '', node = ''] = key.split(' ');
  const row = inVersion(GIVEN_UP, settings.version)[Number(place)];
  const isOfMachines = row?.program === 'kubelet' || row?.program === 'kube-proxy';
  return isOfMachines === (node !== '') ? row : undefined;
}

function dueAt(view: View, key: string): Millis | undefined {
  const row = givenUpAt(view, key);
  const restoredAt = view.rows.row('counters', RESTORED_AT)?.value;
  if (!row || restoredAt === undefined) return undefined;
  const [, node = ''] = key.split(' ');
  if (isHollow(view, node)) return undefined;
  return restoredAt + row.afterMs;
}

/** Those of kubemark were heard of no more than before. */
function isHollow({ settings }: View, node: string): boolean {
  return settings.nodes.some(({ name, hollow }) => name === node && hollow === true);
}

function renewal(view: View, key: string): CachesRenewed {
  const { program = 'kubelet', afterMs: _, ...which } = givenUpAt(view, key) ?? {};
  const [, node = ''] = key.split(' ');
  return { type: 'CachesRenewed', program, ...(node !== '' && { node }), ...which };
}
