import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  describeObject,
  joinDescriptions,
} from '../../../../../../src/cluster/clients/kubectl/print/describe/describe-object.ts';
import type { Surroundings } from '../../../../../../src/cluster/clients/kubectl/print/describe/surroundings.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import type {
  CoreEvent,
  EndpointSlice,
  Endpoints,
  LabelSelector,
  Lease,
  LimitRange,
  Pod,
  ReplicaSet,
  ResourceQuota,
  Secret,
  Service,
} from '../../../../../../src/cluster/objects/kubernetes.ts';
import { selects } from '../../../../../../src/cluster/objects/label-selector.ts';
import { resourceForKind } from '../../../../../../src/cluster/objects/schema/resources.ts';
import { loadObjects } from './load-objects.ts';
import { askKubectl, hasKubectl, MINORS } from './real-kubectl.ts';
import { serveObjects } from './serve-objects.ts';

const objects = loadObjects('objects.yaml');
const SEPARATOR = '\n\n\nName:';

describe.each(MINORS)('kubectl describe prints what kubectl 1.%i printed', (minor) => {
  const file = new URL(`fixtures/describe-1.${minor}.txt`, import.meta.url);
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const context = { now: 0, version: { minor, patch: 0 } };
  const printed = joinDescriptions(
    described().map((object) => describeObject(object, surroundingsOf(object), context)),
  );

  test.each(described().map((object, index) => [targetOf(object), index] as const))('%s', (_, index) => {
    expect(printed.split(SEPARATOR)[index]).toBe(stored.split(SEPARATOR)[index]);
  });

  test('and nothing else', () => {
    expect(printed).toBe(stored);
  });

  test.skipIf(!hasKubectl)('a real kubectl prints what is stored (KUBECTL_FOLDER)', async () => {
    const server = await serveObjects(objects);
    const args = ['-s', server.url, '-n', 'shop', 'describe', ...described().map(targetOf)];
    const { out } = await askKubectl(minor, args);
    await server.stop();
    await expect(out).toMatchFileSnapshot(`fixtures/describe-1.${minor}.txt`);
  });
});

/** What others are described with is not described itself. */
function described(): readonly KubeObject[] {
  return objects.filter(({ kind, metadata }) => kind !== 'Event' && metadata.namespace !== 'kube-node-lease');
}

function targetOf({ apiVersion, kind, metadata }: KubeObject): string {
  return `${resourceForKind(apiVersion, kind)?.name}/${metadata.name}`;
}

function all<Kind extends KubeObject>(kind: string): readonly Kind[] {
  return objects.filter((object) => object.kind === kind) as unknown as readonly Kind[];
}

/** What kubectl asks the API server for. */
function surroundingsOf(object: KubeObject): Surroundings {
  const [lease] = all<Lease>('Lease').filter(({ metadata }) => metadata.namespace === 'kube-node-lease');
  return {
    events: all<CoreEvent>('Event'),
    pods: all<Pod>('Pod').filter((pod) => concerns(object, pod)),
    ...(lease === undefined ? {} : { lease }),
    replicaSets: all<ReplicaSet>('ReplicaSet'),
    services: all<Service>('Service'),
    endpointSlices: all<EndpointSlice>('EndpointSlice'),
    endpoints: all<Endpoints>('Endpoints'),
    quotas: all<ResourceQuota>('ResourceQuota'),
    limitRanges: all<LimitRange>('LimitRange'),
    secrets: all<Secret>('Secret'),
  };
}

interface Selecting {
  readonly spec?: { readonly selector?: LabelSelector };
}

function concerns(object: KubeObject, pod: Pod): boolean {
  if (object.kind === 'Node') return pod.spec.nodeName === object.metadata.name;
  if (object.kind === 'PersistentVolumeClaim') return true;
  const selector = (object as Selecting).spec?.selector;
  return selector !== undefined && selects(selector, pod.metadata.labels);
}
