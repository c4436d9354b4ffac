import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { readManifest } from '../../../objects/manifest/read-manifest.ts';
import { resourceForKind } from '../../../objects/schema/resources.ts';
import { type Files, findFile, isUrl } from '../../files.ts';
import { fail } from '../failure.ts';
import { printYaml } from '../print/yaml/print-yaml.ts';
import { withAnnotations, withLabels } from './add-labels.ts';
import { withImages, withReplicas } from './change-workloads.ts';
import { generated, hashOfData } from './generate-data.ts';
import { type Building, type Generator, type Kustomization, readKustomization } from './kustomization.ts';
import { inLegacyOrder } from './order-resources.ts';
import { inlineOrPath, patched } from './patch-resources.ts';
import { renamed } from './references.ts';
import { changedAt, idOf, kindOf, nameOf, namespaceOf, type Resource, wasNamed } from './resource.ts';

/** The manifests that a folder with a kustomization.yaml stands for, as `kubectl kustomize` prints them. */
export function buildKustomization(folder: string, building: Building): string {
  const root = findFile(building.files, folder);
  if (root.type !== 'folder') {
    fail(`must build at directory: not a valid directory: ${folder}: no such file or directory`);
  }
  const resources = accumulate(root.path === '' ? '' : `${root.path}/`, building, []);
  const named = renamed(resources, (resource) =>
    resource.needsHash ? `${nameOf(resource)}-${hashOfData(resource.object)}` : nameOf(resource),
  );
  return inLegacyOrder(named)
    .map(({ object }) => printYaml(object))
    .join('---\n');
}

/** A kustomization and all below it: what it gathers, then what it makes of that, in kustomize's order. */
function accumulate(folder: string, building: Building, above: readonly string[]): readonly Resource[] {
  if (above.includes(folder))
    fail(`cycle detected: candidate root '${folder}' contains visited root '${folder}'`);
  const kustomization = readKustomization(folder, building);
  const source = { files: building.files, folder };
  let resources: readonly Resource[] = [];
  for (const path of [...(kustomization.resources ?? []), ...(kustomization.bases ?? [])]) {
    resources = added(resources, gather(path, { folder, building, above }));
  }
  resources = withGenerated(resources, kustomization, source);
  for (const text of kustomization.patchesStrategicMerge ?? []) {
    resources = patched(resources, inlineOrPath(text), source);
  }
  for (const entry of kustomization.patches ?? []) resources = patched(resources, entry, source);
  const { namespace = '', namePrefix = '', nameSuffix = '' } = kustomization;
  if (namespace !== '') resources = inNamespace(resources, namespace);
  if (namePrefix !== '' || nameSuffix !== '') {
    resources = renamed(resources, (resource) =>
      KEEP_NAME.includes(kindOf(resource))
        ? nameOf(resource)
        : `${namePrefix}${nameOf(resource)}${nameSuffix}`,
    );
  }
  resources = withLabelsOf(resources, kustomization);
  for (const entry of kustomization.patchesJson6902 ?? []) resources = patched(resources, entry, source);
  resources = withReplicas(resources, kustomization.replicas ?? []);
  return withImages(resources, kustomization.images ?? []);
}

const KEEP_NAME = ['Namespace', 'CustomResourceDefinition', 'APIService'];

interface Gathering {
  readonly folder: string;
  readonly building: Building;
  readonly above: readonly string[];
}

function gather(path: string, { folder, building, above }: Gathering): readonly Resource[] {
  if (isUrl(path) || path.includes('github.com')) fail(`fetching ${path} is not simulated`);
  const found = findFile(building.files, `${folder}${path}`);
  if (found.type === 'folder') {
    return accumulate(found.path === '' ? '' : `${found.path}/`, building, [...above, folder]);
  }
  if (found.type !== 'file') {
    fail(
      `accumulating resources: accumulation err='accumulating resources from '${path}': ${folder}${path}: no such file or directory'`,
    );
  }
  const { objects, failure } = readManifest(found.text, found.path);
  if (failure !== undefined)
    fail(`accumulating resources: accumulating resources from '${path}': ${failure}`);
  return objects.map(({ object }) => ({ object, formerNames: [], needsHash: false }));
}

function added(resources: readonly Resource[], more: readonly Resource[]): readonly Resource[] {
  const ids = new Set(resources.map(idOf));
  for (const each of more) {
    if (ids.has(idOf(each))) fail(`may not add resource with an already registered id: ${idOf(each)}`);
    ids.add(idOf(each));
  }
  return [...resources, ...more];
}

function withGenerated(
  resources: readonly Resource[],
  { configMapGenerator = [], secretGenerator = [], generatorOptions = {} }: Kustomization,
  source: { readonly files: Files; readonly folder: string },
): readonly Resource[] {
  let all = resources;
  const take = (generator: Generator, kind: 'ConfigMap' | 'Secret'): void => {
    const resource = generated(generator, { kind, ...source, common: generatorOptions });
    all = placed(all, resource, generator);
  };
  for (const generator of configMapGenerator) take(generator, 'ConfigMap');
  for (const generator of secretGenerator) take(generator, 'Secret');
  return all;
}

/** Data of the same name below is added to, or gives way, when the generator says so. */
function placed(resources: readonly Resource[], made: Resource, generator: Generator): readonly Resource[] {
  const { behavior = 'create', namespace } = generator;
  const isSame = (each: Resource): boolean =>
    kindOf(each) === kindOf(made) &&
    wasNamed(each, generator.name) &&
    (namespace === undefined || namespaceOf(each) === namespace);
  const below = resources.find(isSame);
  if (behavior === 'create') {
    if (below !== undefined)
      fail(`merging from generator: may not add resource with an already registered id: ${idOf(below)}`);
    return [...resources, made];
  }
  if (below === undefined) {
    fail(`merging from generator: id ${idOf(made)} does not exist; cannot merge or replace`);
  }
  const object =
    behavior === 'merge' ? mergedData(below.object, made.object) : replacedData(below.object, made.object);
  return resources.map((each) => (each === below ? { ...each, object, needsHash: made.needsHash } : each));
}

function mergedData(below: JsonObject, made: JsonObject): JsonObject {
  const data = { ...part(below, 'data'), ...part(made, 'data') };
  return { ...below, metadata: mergedMeta(below, made), ...(Object.keys(data).length === 0 ? {} : { data }) };
}

function replacedData({ data: _, ...below }: JsonObject, made: JsonObject): JsonObject {
  const data = part(made, 'data');
  return { ...below, metadata: mergedMeta(below, made), ...(Object.keys(data).length === 0 ? {} : { data }) };
}

function mergedMeta(below: JsonObject, made: JsonObject): JsonObject {
  const { name: _, namespace: __, ...more } = part(made, 'metadata');
  const meta = { ...part(below, 'metadata') };
  for (const field of ['labels', 'annotations']) {
    if (more[field] !== undefined) meta[field] = { ...part(meta, field), ...part(more, field) };
  }
  return meta;
}

function part(object: JsonObject, field: string): JsonObject {
  const value = object[field];
  return isObject(value) ? (value as JsonObject) : {};
}

function inNamespace(resources: readonly Resource[], namespace: string): readonly Resource[] {
  const accounts = resources.filter((each) => kindOf(each) === 'ServiceAccount').map(nameOf);
  const moved = resources.map((resource): Resource => {
    const kind = kindOf(resource);
    const path = kind === 'Namespace' ? 'metadata/name' : 'metadata/namespace';
    if (kind !== 'Namespace' && !isNamespaced(resource)) return resource;
    return { ...resource, object: changedAt(resource.object, path, () => namespace, true) as JsonObject };
  });
  return moved.map((resource) => {
    if (!/^(Cluster)?RoleBinding$/.test(kindOf(resource))) return resource;
    const move = (subject: Json): Json => {
      if (!isObject(subject) || subject['kind'] !== 'ServiceAccount') return subject;
      const name = String(subject['name']);
      return name === 'default' || accounts.includes(name)
        ? { ...(subject as JsonObject), namespace }
        : subject;
    };
    const change = (subjects: Json | undefined): Json | undefined =>
      Array.isArray(subjects) ? subjects.map(move) : subjects;
    return { ...resource, object: changedAt(resource.object, 'subjects', change) as JsonObject };
  });
}

function isNamespaced({ object }: Resource): boolean {
  const known = resourceForKind(String(object['apiVersion'] ?? ''), String(object['kind'] ?? ''));
  return known?.isNamespaced ?? true;
}

function withLabelsOf(
  resources: readonly Resource[],
  { labels = [], commonLabels, commonAnnotations }: Kustomization,
): readonly Resource[] {
  let all = resources;
  const plans = labels.map(({ pairs = {}, includeSelectors = false, includeTemplates = false }) => ({
    pairs,
    inSelectors: includeSelectors,
    inTemplates: includeTemplates,
  }));
  if (commonLabels !== undefined) plans.push({ pairs: commonLabels, inSelectors: true, inTemplates: true });
  for (const plan of plans) all = all.map((resource) => withLabels(resource, plan));
  if (commonAnnotations === undefined) return all;
  return all.map((resource) => withAnnotations(resource, commonAnnotations));
}
