import { parse } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';
import { type Files, findFile } from '../../files.ts';
import { fail } from '../failure.ts';

/** What a kustomization.yaml says, as far as it is simulated. */
export interface Kustomization {
  readonly resources?: readonly string[];
  readonly bases?: readonly string[];
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly commonLabels?: Readonly<Record<string, string>>;
  readonly labels?: readonly {
    readonly pairs?: Readonly<Record<string, string>>;
    readonly includeSelectors?: boolean;
    readonly includeTemplates?: boolean;
  }[];
  readonly commonAnnotations?: Readonly<Record<string, string>>;
  readonly images?: readonly ImageChange[];
  readonly replicas?: readonly { readonly name: string; readonly count: number }[];
  readonly patches?: readonly PatchEntry[];
  readonly patchesStrategicMerge?: readonly string[];
  readonly patchesJson6902?: readonly PatchEntry[];
  readonly configMapGenerator?: readonly Generator[];
  readonly secretGenerator?: readonly Generator[];
  readonly generatorOptions?: GeneratorOptions;
  readonly components?: readonly string[];
  readonly vars?: readonly Var[];
  readonly replacements?: readonly Replacement[];
  readonly transformers?: readonly string[];
  readonly configurations?: readonly string[];
  readonly sortOptions?: { readonly order?: 'legacy' | 'fifo' };
}

export interface Var {
  readonly name: string;
  readonly objref: {
    readonly apiVersion?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly fieldref?: { readonly fieldpath?: string; readonly fieldPath?: string };
}

/** One resource's field, put into fields of others. */
export interface Replacement {
  /** A file that holds replacements. */
  readonly path?: string;
  readonly source?: PatchTarget & { readonly fieldPath?: string; readonly options?: FieldOptions };
  readonly targets?: readonly ReplacementTarget[];
}

export interface ReplacementTarget {
  readonly select?: PatchTarget;
  readonly reject?: readonly PatchTarget[];
  readonly fieldPaths?: readonly string[];
  readonly options?: FieldOptions;
}

export interface FieldOptions {
  /** The part at `index` of the text between these. */
  readonly delimiter?: string;
  readonly index?: number;
  readonly create?: boolean;
}

/** Where a transformer works; a step of the path that is a list means each of it. */
export interface FieldSpec {
  readonly path: string;
  readonly group?: string;
  readonly kind?: string;
  readonly create?: boolean;
}

/** An object of `transformers`, of those kinds that kustomize brings. */
export interface Transformer {
  readonly kind: string;
  readonly metadata?: { readonly namespace?: string };
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly fieldSpecs?: readonly FieldSpec[];
  readonly prefix?: string;
  readonly suffix?: string;
  readonly path?: string;
  readonly paths?: readonly string[];
  readonly patch?: string;
  readonly jsonOp?: string;
  readonly target?: PatchTarget;
  readonly imageTag?: ImageChange;
  readonly replica?: { readonly name: string; readonly count: number };
}

export interface ImageChange {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

export interface PatchEntry {
  readonly path?: string;
  readonly patch?: string;
  readonly target?: PatchTarget;
}

export interface PatchTarget {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

export interface GeneratorOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly disableNameSuffixHash?: boolean;
  readonly immutable?: boolean;
}

export interface Generator {
  readonly name: string;
  readonly namespace?: string;
  readonly behavior?: 'create' | 'merge' | 'replace';
  readonly type?: string;
  readonly literals?: readonly string[];
  readonly files?: readonly string[];
  readonly envs?: readonly string[];
  readonly env?: string;
  readonly options?: GeneratorOptions;
}

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const KNOWN = [
  'apiVersion kind metadata resources bases namespace namePrefix nameSuffix commonLabels labels',
  'commonAnnotations images replicas patches patchesStrategicMerge patchesJson6902 configMapGenerator',
  'secretGenerator generatorOptions components vars replacements transformers sortOptions buildMetadata',
  'configurations',
].flatMap((line) => line.split(' '));

const NOT_SIMULATED = [
  'crds generators validators openapi helmCharts helmGlobals helmChartInflationGenerator',
  'inventory imageTags',
].flatMap((line) => line.split(' '));

/** Since which minor version of kubectl its kustomize says so (kustomize: 5.0 and 5.4). */
const DEPRECATED: readonly (readonly [field: string, instead: string, since: number])[] = [
  ['bases', 'resources', 27],
  ['patchesJson6902', 'patches', 27],
  ['patchesStrategicMerge', 'patches', 27],
  ['commonLabels', 'labels', 31],
  ['vars', 'replacements', 27],
];

/** What building needs besides the folder. */
export interface Building {
  readonly files: Files;
  /** The minor version of kubectl. */
  readonly minor: number;
  /** Says what is out of date. */
  warn(text: string): void;
}

/** Reads the kustomization of a folder, and says what of it is out of date. */
export function readKustomization(folder: string, { files, minor, warn }: Building): Kustomization {
  const texts = NAMES.flatMap((name) => {
    const found = findFile(files, `${folder}${name}`);
    return found.type === 'file' ? [found.text] : [];
  });
  const where = folder === '' ? '.' : folder.replace(/\/$/, '');
  const [text] = texts;
  if (text === undefined) {
    fail(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${where}'`,
    );
  }
  if (texts.length > 1) fail(`Found multiple kustomization files under: ${where}`);
  const document = readYaml(text);
  if (document === null || document === undefined) fail('kustomization.yaml is empty');
  if (!isObject(document)) fail('invalid Kustomization: a kustomization is a map of fields');
  for (const field of Object.keys(document)) {
    if (NOT_SIMULATED.includes(field)) fail(`${field} of a kustomization is not simulated`);
    if (!KNOWN.includes(field)) fail(`invalid Kustomization: json: unknown field "${field}"`);
  }
  for (const [field, instead, since] of DEPRECATED) {
    if (!Object.hasOwn(document, field) || minor < since) continue;
    const advice = "Run 'kustomize edit fix' to update your Kustomization automatically.";
    const note = field === 'vars' ? '[EXPERIMENTAL] ' : '';
    warn(`# Warning: '${field}' is deprecated. Please use '${instead}' instead. ${note}${advice}\n`);
  }
  checkLists(document as JsonObject);
  return document as unknown as Kustomization;
}

function readYaml(text: string): Json | undefined {
  try {
    return parse(text) as Json | undefined;
  } catch (problem) {
    return fail(`invalid Kustomization: ${problem instanceof Error ? problem.message : ''}`);
  }
}

/** Fields that are lists, and what Go calls their elements (kustomize: types/kustomization.go). */
const LISTS: Readonly<Record<string, string>> = {
  resources: 'string',
  bases: 'string',
  components: 'string',
  configurations: 'string',
  transformers: 'string',
  labels: 'types.Label',
  images: 'types.Image',
  replicas: 'types.Replica',
  patches: 'types.Patch',
  patchesJson6902: 'types.Patch',
  patchesStrategicMerge: 'types.PatchStrategicMerge',
  configMapGenerator: 'types.ConfigMapArgs',
  secretGenerator: 'types.SecretArgs',
  vars: 'types.Var',
  replacements: 'types.ReplacementField',
};

const TEXTS = ['string', 'types.PatchStrategicMerge'];

function checkLists(document: JsonObject): void {
  for (const [field, type] of Object.entries(LISTS)) {
    const value = document[field] ?? [];
    if (!Array.isArray(value)) wrongType(field, value, `[]${type}`);
    const wanted = TEXTS.includes(type) ? 'string' : 'object';
    for (const each of value) if (each !== null && jsonType(each) !== wanted) wrongType(field, each, type);
  }
}

function wrongType(field: string, value: unknown, type: string): never {
  fail(
    `invalid Kustomization: json: cannot unmarshal ${jsonType(value)} into Go struct field Kustomization.${field} of type ${type}`,
  );
}

/** As Go names what it finds in JSON. */
function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
