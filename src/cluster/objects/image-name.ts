import { drawHex } from '../../kernel/chance/draw.ts';

/** A reference to an image, taken apart. */
export interface ImageName {
  /** `docker.io`, `registry.k8s.io`, `localhost:5000`. */
  readonly registry: string;
  /** Below the registry: `library/nginx`, `e2e-test-images/agnhost`. */
  readonly repository: string;
  /** `latest` when neither tag nor digest is written; absent beside a digest alone. */
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}

const DOMAIN =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::\d+)?$/;
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const REFERENCE_MAX = 255;

/**
 * Reads a reference as Docker and Kubernetes do (distribution: reference/normalize.go): without a registry it
 * is on docker.io, without a folder there in `library/`. Undefined for what no runtime would pull.
 */
export function parseImageName(text: string): ImageName | undefined {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  const { registry, repository } = splitRegistry(hasTag ? named.slice(0, colon) : named);
  const isWellFormed =
    DOMAIN.test(registry) &&
    PATH.test(repository) &&
    registry.length + repository.length < REFERENCE_MAX &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest)) &&
    !/^[0-9a-f]{64}$/.test(text);
  if (!isWellFormed) return undefined;
  const impliedTag = tag ?? (digest === undefined ? 'latest' : undefined);
  return {
    registry,
    repository,
    ...(impliedTag === undefined ? {} : { tag: impliedTag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** In full, as a container's status and the runtime name it: `nginx` → `docker.io/library/nginx:latest`. */
export function normalizedImageName(text: string): string | undefined {
  const image = parseImageName(text);
  if (image === undefined) return undefined;
  const { registry, repository, tag, digest } = image;
  const suffix = `${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  return `${registry}/${repository}${suffix}`;
}

/**
 * `Always` for `:latest`, said or meant, and otherwise `IfNotPresent` (core/v1: defaults.go
 * SetDefaults_Container).
 */
export function defaultPullPolicy(image: string): 'Always' | 'IfNotPresent' {
  return parseImageName(image)?.tag === 'latest' ? 'Always' : 'IfNotPresent';
}

/** The first part is a registry only if it looks like a host: with a dot or a port, or `localhost`. */
function splitRegistry(name: string): { readonly registry: string; readonly repository: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  const registry = isHost ? first : 'docker.io';
  const repository = isHost ? name.slice(slash + 1) : name;
  if (registry === 'index.docker.io') return splitRegistry(`docker.io/${repository}`);
  const isBare = registry === 'docker.io' && repository !== '' && !repository.includes('/');
  return { registry, repository: isBare ? `library/${repository}` : repository };
}

/** What an image of this full name is known by: the same on every machine. */
export function imageIdentity(fullName: string): string {
  return `sha256:${drawHex({ seed: 'image' }, 64, fullName)}`;
}
