import type { Files } from '../../cluster/clients/files.ts';
import { isObject } from '../../cluster/objects/json.ts';
import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { PodTemplateSpec, Service } from '../../cluster/objects/kubernetes.ts';
import { selects } from '../../cluster/objects/label-selector.ts';
import { readManifest } from '../../cluster/objects/manifest/read-manifest.ts';

/** What there is in a folder of manifests. */
export interface Survey {
  /** Files with objects of Kubernetes, in order. */
  readonly manifests: readonly string[];
  /** Other YAML and JSON: values of charts, and whatever else lies there. */
  readonly others: readonly string[];
  /** The folder itself is a kustomization. */
  readonly isKustomization: boolean;
  readonly objects: readonly Found[];
}

export interface Found {
  readonly file: string;
  readonly object: KubeObject;
}

/** A thing with pods of its own that comes up, and is rolled out. */
export interface Workload {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  readonly name: string;
  readonly namespace?: string;
  readonly replicas: number;
  readonly template: PodTemplateSpec;
}

const MANIFEST = /\.(?:ya?ml|json)$/;
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;

/** Looks at all files of a folder; those of a scenario that is there already are none of its manifests. */
export function survey(files: Files): Survey {
  const paths = Object.keys(files).filter(
    (path) => MANIFEST.test(path) && !/(?:^|[./])scenario\.yaml$/.test(path),
  );
  const read = paths.sort().map((file) => ({ file, objects: objectsIn(file, files[file] ?? '') }));
  return {
    manifests: read.flatMap(({ file, objects }) => (objects.length > 0 ? [file] : [])),
    others: read.flatMap(({ file, objects }) =>
      objects.length > 0 || KUSTOMIZATION.test(file) ? [] : [file],
    ),
    isKustomization: Object.keys(files).some((path) => KUSTOMIZATION.test(path)),
    objects: read.flatMap(({ file, objects }) => objects.map((object) => ({ file, object }))),
  };
}

/** The objects of a file; none where something in it is no object: kubectl would refuse the file. */
function objectsIn(file: string, text: string): readonly KubeObject[] {
  const { objects, problems } = readManifest(text, file);
  if (problems.some(({ code }) => code === 'yamlSyntax')) return [];
  const found = objects.flatMap(({ object }) => (object['kind'] === 'List' ? itemsOf(object) : [object]));
  return found.every(isKubeObject) ? (found as readonly KubeObject[]) : [];
}

function itemsOf(list: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(list['items']) ? list['items'] : [];
}

function isKubeObject(value: unknown): boolean {
  if (!isObject(value) || typeof value['kind'] !== 'string' || typeof value['apiVersion'] !== 'string')
    return false;
  if (value['kind'] === 'Kustomization') return false;
  const { metadata } = value;
  return (
    isObject(metadata) &&
    (typeof metadata['name'] === 'string' || typeof metadata['generateName'] === 'string')
  );
}

export function workloadsIn({ objects }: Survey): readonly Workload[] {
  return objects.flatMap(({ object }): Workload[] => {
    const { kind, metadata } = object;
    if (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'DaemonSet') return [];
    const { spec = {} } = object as { spec?: { replicas?: number; template?: PodTemplateSpec } };
    const { name = '', namespace } = metadata;
    const { replicas = 1, template = {} } = spec;
    return [{ kind, name, ...(namespace !== undefined && { namespace }), replicas, template }];
  });
}

/** A service that somebody could ask over HTTP, and the workloads behind it. */
export interface Asked {
  readonly name: string;
  readonly namespace?: string;
  readonly port: number;
  readonly path: string;
  readonly behind: readonly Workload[];
}

/** What databases, queues and caches speak is not HTTP. */
const OTHER_PROTOCOLS = new Set([
  21, 22, 25, 53, 389, 1433, 1521, 2181, 2379, 2380, 3306, 4222, 5432, 5671, 5672, 6379, 7000, 7001, 7199,
  9042, 9092, 9160, 9300, 11_211, 26_257, 27_017, 50_051,
]);
const OTHER_NAMES = /grpc|redis|mysql|postgres|mongo|amqp|kafka|tcp|dns|memcache|cql|thrift|nats/i;

/** Services that could be asked, each with those of the workloads that are behind it. */
export function askedIn({ objects }: Survey, workloads: readonly Workload[]): readonly Asked[] {
  const asked = objects.flatMap(({ object }): Asked[] => {
    if (object.kind !== 'Service') return [];
    const { metadata, spec } = object as Service;
    const { name = '', namespace } = metadata ?? {};
    const port = spec?.ports?.find(({ port, protocol = 'TCP', name: called = '', appProtocol = '' }) => {
      if (protocol !== 'TCP' || OTHER_PROTOCOLS.has(port)) return false;
      return !OTHER_NAMES.test(`${called} ${appProtocol} ${name}`);
    });
    const behind = workloads.filter((each) => each.namespace === namespace && isBehind(each, spec?.selector));
    if (!port || behind.length === 0) return [];
    const path = pathOf(behind);
    return [{ name, ...(namespace !== undefined && { namespace }), port: port.port, path, behind }];
  });
  // Of several services in front of the same pods one tells as much as all.
  return asked.filter(
    ({ behind }, index) => asked.findIndex((other) => isSame(other.behind, behind)) === index,
  );
}

function isSame(some: readonly Workload[], others: readonly Workload[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}

function isBehind({ template }: Workload, selector: Readonly<Record<string, string>> | undefined): boolean {
  const matchLabels = selector ?? {};
  return Object.keys(matchLabels).length > 0 && selects({ matchLabels }, template.metadata?.labels);
}

/** What a probe asks for is there. */
function pathOf(behind: readonly Workload[]): string {
  const probes = behind.flatMap(({ template }) =>
    (template.spec?.containers ?? []).flatMap(({ readinessProbe }) => readinessProbe?.httpGet?.path ?? []),
  );
  return probes[0] ?? '/';
}
