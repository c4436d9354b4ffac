import { parse } from 'yaml';
import { isObject, type JsonObject } from '../../../objects/json.ts';
import { readManifest } from '../../../objects/manifest/read-manifest.ts';
import { type Files, findFile, isUrl } from '../../files.ts';
import { fail } from '../failure.ts';
import { printYaml } from '../print/yaml/print-yaml.ts';
import { withLabelsOf } from './add-labels.ts';
import { withImages, withReplicas } from './change-workloads.ts';
import { type Configuration, merged, NO_CONFIGURATION, readConfigurations } from './configurations.ts';
import { generated, hashOfData } from './generate-data.ts';
import {
  type Building,
  type Generator,
  type Kustomization,
  type Replacement,
  readKustomization,
  type Var,
} from './kustomization.ts';
import { inNamespace } from './move-namespace.ts';
import { inLegacyOrder } from './order-resources.ts';
import { inlineOrPath, type PatchSource, patched } from './patch-resources.ts';
import { renamed } from './references.ts';
import { withReplacements } from './replacements.ts';
import { idOf, kindOf, nameOf, namespaceOf, type Resource, wasNamed } from './resource.ts';
import { type Transform, withTransformers } from './transformers.ts';
import { withVars } from './vars.ts';

/** The manifests that a folder with a kustomization.yaml stands for, as `kubectl kustomize` prints them. */
export function buildKustomization(folder: string, building: Building): string {
  const root = findFile(building.files, folder);
  if (root.type !== 'folder') {
    fail(`must build at directory: not a valid directory: ${folder}: no such file or directory`);
  }
  const { resources, vars, configuration } = accumulate({
    folder: root.path === '' ? '' : `${root.path}/`,
    building,
    above: [],
  });
  const named = renamed(
    resources,
    (resource) =>
      resource.needsHash ? `${nameOf(resource)}-${hashOfData(resource.object)}` : nameOf(resource),
    configuration.nameReference,
  );
  const all = withVars(named, vars, configuration.varReference).filter((each) => !isLocal(each));
  const ordered = fifo(root.path, building) ? all : inLegacyOrder(all);
  return ordered.map((each) => printYaml(withoutEmptyNotes(each).object)).join('---\n');
}

/** What has been gathered so far. */
interface Gathered {
  readonly resources: readonly Resource[];
  readonly vars: readonly Var[];
  readonly configuration: Configuration;
}

const NOTHING: Gathered = { resources: [], vars: [], configuration: NO_CONFIGURATION };

/**
 * A kustomization and all below it: what it gathers, then what it makes of that, in kustomize's order. A
 * component goes on with what there is where it is named (kustomize: KustTarget.accumulateTarget).
 */
function accumulate({ folder, building, above }: Gathering, before: Gathered = NOTHING): Gathered {
  if (above.includes(folder))
    fail(`cycle detected: candidate root '${folder}' contains visited root '${folder}'`);
  const kustomization = readKustomization(folder, building);
  const source = { files: building.files, folder };
  const inside: Gathering = { folder, building, above: [...above, folder] };
  let gathered = before;
  for (const path of [...(kustomization.resources ?? []), ...(kustomization.bases ?? [])]) {
    const { resources, vars, configuration } = gather(path, inside);
    gathered = {
      resources: added(gathered.resources, resources),
      vars: [...gathered.vars, ...vars],
      configuration: merged(gathered.configuration, configuration),
    };
  }
  gathered = { ...gathered, resources: withGenerated(gathered.resources, kustomization, source) };
  for (const path of kustomization.components ?? []) {
    gathered = accumulate({ ...inside, folder: componentFolder(path, inside) }, gathered);
  }
  const own = readConfigurations(kustomization.configurations ?? [], source);
  const configuration = merged(gathered.configuration, own);
  const transform: Transform = (resources, step) =>
    transformed(resources, step, { ...source, configuration });
  const resources = withTransformers(
    transform(gathered.resources, kustomization),
    kustomization.transformers ?? [],
    { source, transform },
  );
  return { resources, vars: [...gathered.vars, ...(kustomization.vars ?? [])], configuration };
}

function componentFolder(path: string, { folder, building }: Gathering): string {
  if (isUrl(path) || path.includes('github.com')) return fail(remoteText(path));
  const found = findFile(building.files, `${folder}${path}`);
  if (found.type === 'folder') return found.path === '' ? '' : `${found.path}/`;
  return fail(
    `accumulating components: loader.New "unable to find component ${folder}${path}: no such directory"`,
  );
}

/** All that a kustomization does to resources, one thing after another. */
function transformed(
  before: readonly Resource[],
  kustomization: Kustomization,
  { configuration, ...source }: PatchSource & { readonly configuration: Configuration },
): readonly Resource[] {
  let resources = before;
  for (const text of kustomization.patchesStrategicMerge ?? []) {
    resources = patched(resources, inlineOrPath(text), source);
  }
  for (const entry of kustomization.patches ?? []) resources = patched(resources, entry, source);
  const { namespace = '', namePrefix = '', nameSuffix = '' } = kustomization;
  if (namespace !== '') resources = inNamespace(resources, namespace, configuration.namespace);
  if (namePrefix !== '' || nameSuffix !== '') {
    resources = renamed(
      resources,
      (resource) =>
        KEEP_NAME.includes(kindOf(resource))
          ? nameOf(resource)
          : `${namePrefix}${nameOf(resource)}${nameSuffix}`,
      configuration.nameReference,
    );
  }
  resources = withLabelsOf(resources, kustomization, configuration);
  for (const entry of kustomization.patchesJson6902 ?? []) resources = patched(resources, entry, source);
  resources = withReplicas(resources, kustomization.replicas ?? []);
  resources = withImages(resources, kustomization.images ?? []);
  return withReplacements(resources, replacementsOf(kustomization, source));
}

/** Those that stand in the kustomization, and those in files that it names. */
function replacementsOf(
  { replacements = [] }: Kustomization,
  { files, folder }: PatchSource,
): readonly Replacement[] {
  return replacements.flatMap((each) => {
    if (each.path === undefined) return [each];
    const found = findFile(files, folder + each.path);
    if (found.type !== 'file') return fail(`${each.path}: no such file or directory`);
    const list: unknown = parse(found.text);
    return (Array.isArray(list) ? list : [list]) as Replacement[];
  });
}

const KEEP_NAME = ['Namespace', 'CustomResourceDefinition', 'APIService'];

interface Gathering {
  /** With a slash at its end. */
  readonly folder: string;
  readonly building: Building;
  readonly above: readonly string[];
}

function gather(path: string, { folder, building, above }: Gathering): Gathered {
  if (isUrl(path) || path.includes('github.com')) return fail(remoteText(path));
  const found = findFile(building.files, `${folder}${path}`);
  if (found.type === 'folder') {
    return accumulate({ folder: found.path === '' ? '' : `${found.path}/`, building, above });
  }
  if (found.type === 'file' && !found.path.startsWith(folder))
    return fail(outsideText(path, found.path, folder));
  if (found.type !== 'file') {
    fail(
      `accumulating resources: accumulation err='accumulating resources from '${path}': ${folder}${path}: no such file or directory'`,
    );
  }
  const { objects, failure } = readManifest(found.text, found.path);
  if (failure !== undefined)
    fail(`accumulating resources: accumulating resources from '${path}': ${failure}`);
  return {
    resources: objects.map(({ object }) => ({ object, formerNames: [], needsHash: false })),
    vars: [],
    configuration: NO_CONFIGURATION,
  };
}

function remoteText(path: string): string {
  return `accumulating resources from '${path}': there is no network here; put a copy of it beside the kustomization and name that`;
}

/** Files come from the folder itself or from below; above it, only folders may be named. */
function outsideText(path: string, file: string, folder: string): string {
  const root = folder.replace(/\/$/, '');
  const security = `security; file '${file}' is not in or below '${root}'`;
  return (
    `accumulating resources: accumulation err='accumulating resources from '${path}': ${security}': ` +
    `must build at directory: '${file}': file is not directory`
  );
}

/** What is only there for kustomize itself. */
function isLocal({ object }: Resource): boolean {
  return part(part(object, 'metadata'), 'annotations')['config.kubernetes.io/local-config'] === 'true';
}

/** Annotations are taken up and laid down on the way, and no empty ones are left behind. */
function withoutEmptyNotes(resource: Resource): Resource {
  const { annotations, ...rest } = part(resource.object, 'metadata');
  const isEmpty = annotations === null || (isObject(annotations) && Object.keys(annotations).length === 0);
  return isEmpty ? { ...resource, object: { ...resource.object, metadata: rest } } : resource;
}

/** Whether the kustomization wants its resources in the order in which they were named. */
function fifo(folder: string, building: Building): boolean {
  const { sortOptions } = readKustomization(folder === '' ? '' : `${folder}/`, {
    ...building,
    warn: () => undefined,
  });
  return sortOptions?.order === 'fifo';
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
