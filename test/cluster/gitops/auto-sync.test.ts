import { expect, test } from 'vitest';
import type {
  Application,
  ApplicationStatus,
  ResourceStatus,
} from '../../../src/cluster/gitops/application.ts';
import { autoSync } from '../../../src/cluster/gitops/auto-sync.ts';

const at = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '');
const resource = (name: string, fields: Partial<ResourceStatus> = {}): ResourceStatus => ({
  version: 'v1',
  kind: 'ConfigMap',
  name,
  status: 'OutOfSync',
  ...fields,
});
const EXTRA = { requiresPruning: true };

interface Case {
  readonly automated?: { readonly prune?: boolean; readonly selfHeal?: boolean; readonly enabled?: boolean };
  readonly resources?: readonly ResourceStatus[];
  /** The last operation, ten seconds ago. */
  readonly last?: { readonly revision: string; readonly phase: string; readonly attempts?: number };
}

function decided({ automated, resources = [resource('a')], last }: Case): string {
  const sync = { selfHealAttemptsCount: last?.attempts ?? 0 };
  const status = last && {
    operationState: {
      operation: { sync },
      phase: last.phase,
      message: 'why',
      startedAt: at(80),
      finishedAt: at(90),
      syncResult: { revision: last.revision },
    },
  };
  const app = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {},
    spec: { ...(automated && { syncPolicy: { automated } }) },
    ...(status && { status: status as ApplicationStatus }),
  } satisfies Application;
  const found = autoSync(app, { revision: 'r2', resources, epochMs: 100_000 });
  if (!found) return 'nothing';
  if ('problem' in found) return found.problem;
  if ('waitsUntil' in found) return `waits until ${found.waitsUntil / 1000}`;
  const only = found.operation.sync?.resources?.map(({ name }) => name).join(' ');
  return only === undefined ? 'syncs all' : `heals ${only}`;
}

const healed = (attempts: number) => ({ revision: 'r2', phase: 'Succeeded', attempts });

test.each<readonly [string, Case, string]>([
  ['without automation it waits for somebody', {}, 'nothing'],
  ['what differs is made so', { automated: {} }, 'syncs all'],
  ['unless it is turned off', { automated: { enabled: false } }, 'nothing'],
  [
    'what does not differ is left alone',
    { automated: {}, resources: [resource('a', { status: 'Synced' })] },
    'nothing',
  ],
  [
    'what is only too much stays without prune',
    { automated: {}, resources: [resource('a', EXTRA)] },
    'nothing',
  ],
  [
    'an empty folder does not empty the cluster',
    { automated: { prune: true }, resources: [resource('a', EXTRA)] },
    'Skipping sync attempt to [r2]: auto-sync will wipe out all resources',
  ],
  ['a new revision is synced', { automated: {}, last: { revision: 'r1', phase: 'Failed' } }, 'syncs all'],
  [
    'a revision that failed is not tried again',
    { automated: { selfHeal: true }, last: { revision: 'r2', phase: 'Failed' } },
    'Failed last sync attempt to [r2]: why',
  ],
  ['what drifts stays so without selfHeal', { automated: {}, last: healed(0) }, 'nothing'],
  ['what drifts is healed, and only that', { automated: { selfHeal: true }, last: healed(0) }, 'heals a'],
  [
    'the fourth time in a row it waits',
    { automated: { selfHeal: true }, last: healed(3) },
    'waits until 108',
  ],
])('%s', (_, given, outcome) => {
  expect(decided(given)).toBe(outcome);
});
