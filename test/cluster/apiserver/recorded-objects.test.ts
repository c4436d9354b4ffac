import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { resourceForKind } from '../../../src/cluster/objects/schema/resources.ts';
import { clusterFor, comparable } from './recorded.ts';

/**
 * Objects as real clusters first showed them. What the server itself says of them is taken away, the rest is
 * sent again, and the server must say the same.
 */
describe.each(['1.36', '1.20'])('objects that a recorded %s cluster made', (version) => {
  const rows = read(`added-${version}.ndjson`)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { recording: string; object: KubeObject });

  test.each(
    rows.map((row) => [row.object.kind, row.object.metadata.name, row.recording, row.object] as const),
  )('%s %s of %s', (_kind, _name, _recording, object) => {
    const server = clusterFor(object, version);
    const resource = resourceForKind(object.apiVersion, object.kind);
    const { namespace } = object.metadata;
    const answer = server.grant({
      verb: 'create',
      resource: resource?.name ?? '',
      ...(namespace !== undefined && { namespace }),
      object: asSent(object),
      strict: true,
    });
    expect(comparable(answer.object)).toEqual(comparable(object));
  });
});

/** The same from the files that the recorder applied. */
describe.each([
  ['b2-crashloop', '1.36'],
  ['b2-crashloop', '1.20'],
  ['b5-termination-solo', '1.36'],
  ['b5-termination-solo', '1.20'],
  ['b6-sidecar-solo', '1.36'],
  ['g-statefulset', '1.36'],
  ['g-statefulset', '1.20'],
  ['h-jobs-cronjobs', '1.36'],
  ['h-jobs-cronjobs', '1.20'],
])('the manifest of %s, applied to a %s cluster', (recording, version) => {
  const manifests = parseAllDocuments(read(`manifests/${recording}-${version}.yaml`)).map(
    (document) => document.toJSON() as KubeObject,
  );
  const recorded = readObjects(`manifests/${recording}-${version}.ndjson`);

  test.each(manifests.map((manifest) => [manifest.kind, manifest.metadata.name, manifest] as const))(
    '%s %s',
    (kind, name, manifest) => {
      const object = recorded.find(
        (candidate) => candidate.kind === kind && candidate.metadata.name === name,
      );
      if (!object) throw new Error('it was not recorded');
      const resource = resourceForKind(manifest.apiVersion, kind)?.name ?? '';
      const namespace = object.metadata.namespace ?? 'default';
      const answer = clusterFor(object, version).grant({
        verb: 'create',
        resource,
        namespace,
        object: manifest,
        strict: true,
      });
      expect(comparable(answer.object)).toEqual(comparable(object));
    },
  );
});

function read(fixture: string): string {
  return readFileSync(new URL(`fixtures/${fixture}`, import.meta.url), 'utf8');
}

function readObjects(fixture: string): KubeObject[] {
  return read(fixture)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as KubeObject);
}

const SERVER_SAYS = ['uid', 'resourceVersion', 'creationTimestamp', 'generation'];
const PROTECTION = ['kubernetes.io/pvc-protection', 'kubernetes.io/pv-protection'];
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** The object as its client may have sent it. */
function asSent(object: KubeObject): KubeObject {
  const { status: _, ...rest } = structuredClone(object) as KubeObject & { status?: unknown; spec?: never };
  const metadata = rest.metadata as unknown as Record<string, unknown>;
  for (const field of SERVER_SAYS) delete metadata[field];
  if (metadata['generateName']) delete metadata['name'];
  if (rest.metadata.finalizers?.every((finalizer) => PROTECTION.includes(finalizer)))
    delete metadata['finalizers'];
  if (rest.kind === 'DaemonSet') delete rest.metadata.annotations?.[TEMPLATE_GENERATION];
  if (rest.kind === 'Pod') undressPod(rest as Pod);
  if (rest.kind === 'Service') undressService(rest);
  if (rest.kind === 'Job') undressJob(rest);
  return rest;
}

function undressPod({ spec }: Pod): void {
  const isToken = ({ name }: { name?: string }): boolean =>
    /^(?:kube-api-access|default-token)-/.test(name ?? '');
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
    const mounts = container.volumeMounts?.filter((mount) => !isToken(mount));
    if (mounts) container.volumeMounts = mounts;
  }
  if (spec.volumes) spec.volumes = spec.volumes.filter((volume) => !isToken(volume));
  if (spec.tolerations)
    spec.tolerations = spec.tolerations.filter(({ tolerationSeconds }) => tolerationSeconds !== 300);
  const given = spec as unknown as Record<string, unknown>;
  for (const field of ['serviceAccount', 'serviceAccountName', 'priority', 'preemptionPolicy'])
    delete given[field];
  for (const field of ['dnsPolicy', 'schedulerName', 'securityContext', 'enableServiceLinks'])
    delete given[field];
}

function undressService(service: { spec?: unknown }): void {
  const spec = service.spec as Record<string, unknown>;
  for (const field of ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) delete spec[field];
  if (spec['clusterIP'] !== 'None') delete spec['clusterIP'];
}

/** The labels and the selector that a Job gets from its own name and uid. */
function undressJob(job: { metadata: { labels?: unknown }; spec?: unknown }): void {
  const spec = job.spec as {
    selector?: unknown;
    template: { metadata: { labels?: Record<string, string> } };
  };
  delete spec.selector;
  const { labels = {} } = spec.template.metadata;
  const own = Object.keys(labels).filter((key) => !/(?:controller-uid|job-name)$/.test(key));
  spec.template.metadata.labels = Object.fromEntries(own.map((key) => [key, labels[key] ?? '']));
  if (own.length === 0) delete job.metadata.labels;
}
