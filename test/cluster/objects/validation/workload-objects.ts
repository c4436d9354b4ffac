import { withDefaults } from '../../../../src/cluster/objects/defaults/apply-defaults.ts';
import type { KubeObject } from '../../../../src/cluster/objects/kube-object.ts';

const V136 = { minor: 36, patch: 2 };
const labels = { app: 'web' };
const selector = { matchLabels: labels };
const containers = [{ name: 'c', image: 'nginx' }];

export function templateOf(spec: object = {}, own: object = labels) {
  return { metadata: { labels: own }, spec: { containers, ...spec } };
}

/** An object of a kind that is as it should be but for these fields. */
export function workloadOf(kind: string, spec: object, name = 'web'): KubeObject {
  const group = kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  const isJob = kind === 'Job';
  const jobLabels = { template: templateOf({ restartPolicy: 'Never' }), selector };
  const common = kind === 'CronJob' ? cronSpec({}) : isJob ? jobLabels : { selector, template: templateOf() };
  const metadata = { name, namespace: 'default' };
  return withDefaults(
    { apiVersion: group, kind, metadata, spec: { ...common, ...spec } } as KubeObject,
    V136,
  );
}

export function cronSpec(job: object) {
  const template = templateOf({ restartPolicy: 'Never' });
  return { schedule: '* * * * *', jobTemplate: { spec: { template, ...job } } };
}
