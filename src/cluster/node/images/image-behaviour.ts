import { type ImageName, parseImageName } from '../../objects/image-name.ts';
import { applications } from './catalogue/applications.ts';
import { baseImages } from './catalogue/base-images.ts';
import type { CatalogueEntry } from './catalogue/catalogue-entry.ts';
import { databases } from './catalogue/databases.ts';
import { infrastructure } from './catalogue/infrastructure.ts';
import { kubernetesImages } from './catalogue/kubernetes-images.ts';
import { reverseProxies } from './catalogue/reverse-proxies.ts';
import { runtimes } from './catalogue/runtimes.ts';
import { samples } from './catalogue/samples.ts';
import { SECRET_MAKERS } from './catalogue/secret-makers.ts';
import { webServers } from './catalogue/web-servers.ts';
import type { FileNode } from './file-node.ts';
import type { ImageBehaviour, ImageDefinition } from './image-definition.ts';
import type { ProgramDefinition } from './program-definition.ts';

const CATALOGUE: readonly CatalogueEntry[] = [
  ...applications,
  ...reverseProxies,
  ...baseImages,
  ...runtimes,
  ...webServers,
  ...kubernetesImages,
  ...samples,
  ...databases,
  ...infrastructure,
];

/** What an image of which nothing is known starts: a path that no volume is mounted at. */
const UNKNOWN_ENTRYPOINT = '/usr/local/bin/entrypoint';

/** Of an image of which nothing is known. */
const UNKNOWN_SIZE = 40 * 1024 * 1024;

/** Runs for ever, answers wherever the pod says it does, and ends well when asked to. */
const UNKNOWN_PROGRAM: ProgramDefinition = {
  startupMs: 200,
  listens: [
    {
      port: 'declared',
      protocol: 'any',
      // Whoever only asks how it is does not make it work.
      answers: [
        ...['/health*', '/ready*', '/live*', '/startup*', '/ping'].map((path) => ({ path, cpuMs: 1 })),
        {},
      ],
    },
  ],
  cpuPerRequestMs: 5,
  onSignal: { TERM: { code: 0 } },
};

/** The same where a program is meant to end: in a Job, or before others start. */
const UNKNOWN_TASK: ProgramDefinition = { ...UNKNOWN_PROGRAM, exits: { afterMs: 5000, code: 0 } };

/** The programs of an image of which nothing is known, under names that no command has. */
export const UNKNOWN = { program: '(program)', task: '(task)' };

/**
 * Words that people write where they mean an image that is not there. Everything else that the catalogue does
 * not know is taken to exist.
 */
export const NO_SUCH =
  /(^|[/:._-])(no-?such\w*|does-?not-?exist|non-?exist(ing|ent)|not-?found|missing|invalid|typo)([/._:-]|$)/;

/**
 * What images are is asked at every step of their containers, so the answers are kept: a bounded number of
 * them for each set of images of a scenario.
 */
const KEPT_IMAGES = 500;
const NO_IMAGES: ScenarioImages = {};
const keptImages = new WeakMap<ScenarioImages, Map<string, ImageBehaviour>>();

type ScenarioImages = Readonly<Record<string, unknown>>;

/**
 * What an image is and does: as the scenario defines it, else as the catalogue knows it, else a guess that is
 * told.
 */
export function imageBehaviour(reference: string, scenarioImages: ScenarioImages): ImageBehaviour {
  const images = Object.keys(scenarioImages).length === 0 ? NO_IMAGES : scenarioImages;
  const kept = keptImages.get(images) ?? new Map<string, ImageBehaviour>();
  keptImages.set(images, kept);
  const known = kept.get(reference);
  if (known) return known;
  const behaviour = lookUp(reference, images);
  if (kept.size >= KEPT_IMAGES) kept.clear();
  kept.set(reference, behaviour);
  return behaviour;
}

function lookUp(reference: string, scenarioImages: ScenarioImages): ImageBehaviour {
  const name = parseImageName(reference);
  const own = scenarioImageOf(reference, name, scenarioImages);
  if (own) return behaviourOf(reference, name, own);
  const entry = name && entryOf(name);
  if (!name || isMissing(reference, name, entry)) {
    return { ...behaviourOf(reference, name, {}), pullFailure: 'notFound' };
  }
  if (entry) return behaviourOf(reference, name, entry.image);
  return unknownBehaviour(reference, name);
}

function unknownBehaviour(reference: string, name: ImageName): ImageBehaviour {
  const makesSecrets = SECRET_MAKERS[name.repository];
  const makes = makesSecrets && { makesSecrets };
  return {
    ...behaviourOf(reference, name, { commands: ['bash', 'curl', 'dumb-init', 'tini'] }),
    entrypoint: [UNKNOWN_ENTRYPOINT],
    programs: {
      [UNKNOWN.program]: { ...UNKNOWN_PROGRAM, ...makes },
      [UNKNOWN.task]: { ...UNKNOWN_TASK, ...makes },
    },
    isUnknown: true,
    notice:
      `nothing is known of the image ${reference}: what it is started with runs, and answers on the ports that its ` +
      'pod declares; what is run inside succeeds',
  };
}

/** Under the very name that the manifest has, or under another way to write it. */
function scenarioImageOf(
  reference: string,
  name: ImageName | undefined,
  images: Readonly<Record<string, unknown>>,
): ImageDefinition | undefined {
  const key = Object.keys(images).find(
    (each) => each === reference || (name && fullName(parseImageName(each)) === fullName(name)),
  );
  return key === undefined ? undefined : (images[key] as ImageDefinition);
}

/** What is called by more of its name is meant: `calico/node` is no `node`. */
function entryOf(name: ImageName): CatalogueEntry | undefined {
  const found = CATALOGUE.filter(({ repositories, onlyTags }) => {
    const isCalledSo = repositories.some((repository) => isCalled(name, repository));
    return isCalledSo && (onlyTags === undefined || onlyTags.test(name.tag ?? 'latest'));
  });
  const isWhole = ({ repositories }: CatalogueEntry): boolean =>
    repositories.some((repository) => repository.includes('/') && isCalled(name, repository));
  return found.find(isWhole) ?? found[0];
}

function isCalled({ repository }: ImageName, wanted: string): boolean {
  return repository === wanted || repository.endsWith(`/${wanted}`);
}

/** Docker's own images and copies of them have the tags that these have; others tag as they like. */
function isOfficial({ registry, repository }: ImageName): boolean {
  return !repository.includes('/') || /(?:^|\/)library\//.test(repository) || registry === 'docker.io';
}

/** Whoever knows an image's digest has had it. */
function isMissing(reference: string, name: ImageName, entry: CatalogueEntry | undefined): boolean {
  const { tag, digest } = name;
  if (digest !== undefined) return false;
  if (entry?.tags && tag !== undefined && isOfficial(name) && !entry.tags.test(tag)) return true;
  return NO_SUCH.test(reference);
}

function behaviourOf(reference: string, name: ImageName | undefined, image: ImageDefinition): ImageBehaviour {
  const isUnknown = Object.keys(image).length === 0;
  const entrypoint = image.entrypoint ?? (image.program || isUnknown ? ['/app'] : []);
  const main = image.program ?? (isUnknown ? UNKNOWN_PROGRAM : undefined);
  return {
    reference,
    name: fullName(name) ?? reference,
    sizeBytes: image.sizeBytes ?? UNKNOWN_SIZE,
    ...(image.pull?.error !== undefined && { pullFailure: { text: image.pull.error } }),
    ...(image.pull?.takesMs !== undefined && { pullTakesMs: image.pull.takesMs }),
    entrypoint,
    cmd: image.cmd ?? [],
    env: image.env ?? {},
    uid: image.uid ?? 0,
    ...(image.stopSignal !== undefined && { stopSignal: image.stopSignal }),
    workingDir: image.workingDir ?? '/',
    userland: userlandOf(image, name?.tag ?? ''),
    commands: image.commands ?? [],
    ...(image.hasMore && { hasMore: image.hasMore }),
    programs: {
      ...(image.hasMore && { [UNKNOWN.program]: UNKNOWN_PROGRAM, [UNKNOWN.task]: UNKNOWN_TASK }),
      ...image.programs,
      ...(main && { [entrypoint[0] ?? '/app']: main }),
    },
    files: filesOf(image),
  };
}

/** Whatever an image is built on otherwise, its tags with `alpine` are built on that. */
function userlandOf({ userland = 'busybox' }: ImageDefinition, tag: string): ImageBehaviour['userland'] {
  return userland === 'gnu' && /(^|-)alpine/.test(tag) ? 'busybox' : userland;
}

function filesOf({ files = {}, directories = [] }: ImageDefinition): Record<string, FileNode> {
  const nodes: Record<string, FileNode> = {};
  for (const path of directories) nodes[path] = { kind: 'directory', mode: 0o755, modifiedAt: 0 };
  for (const [path, content] of Object.entries(files))
    nodes[path] = { kind: 'file', content, mode: 0o644, modifiedAt: 0 };
  return nodes;
}

function fullName(name: ImageName | undefined): string | undefined {
  if (!name) return undefined;
  const { registry, repository, tag, digest } = name;
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
