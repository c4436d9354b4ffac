import type { RowReader } from '../../contract/reader.ts';
import type { RegistryAnswer, RegistryRow } from '../../contract/registry-row.ts';
import { parseImageName } from '../../objects/image-name.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';

/** The registry of an image, where it fails or is slow; one that is meant by its name before all of them. */
export function registryOf(rows: RowReader, fullName: string): RegistryRow | undefined {
  return rows.row('registries', hostIn(fullName)) ?? rows.row('registries', '*');
}

/** `docker.io` of `docker.io/library/nginx:1.27`. */
function hostIn(fullName: string): string {
  return parseImageName(fullName)?.registry ?? '';
}

/** Whom containerd asks for images of Docker's own registry. */
const DOCKER_HOST = 'registry-1.docker.io';
/** One of its addresses, as recorded errors have them. */
const ADDRESS = '44.208.254.194:443';

/** What containerd says it was about when it could not find out what a tag is (from 2.0 on without it). */
const RESOLVING: Since<(fullName: string) => string> = [
  [0, (fullName) => `failed to resolve reference "${fullName}"`],
  [34, () => 'failed to resolve image'],
];

interface Asked {
  readonly fullName: string;
  /** `sha256:…` */
  readonly identity: string;
  readonly version: KubeVersion;
}

/** What containerd makes of a registry's answer (containerd: remotes/docker/resolver.go, fetcher.go). */
export function registryError(answer: RegistryAnswer, { fullName, identity, version }: Asked): string {
  const resolving = inVersion(RESOLVING, version)(fullName);
  const host = hostIn(fullName) === 'docker.io' ? DOCKER_HOST : hostIn(fullName);
  const { repository = '', tag = 'latest', digest } = parseImageName(fullName) ?? {};
  const manifests = `https://${host}/v2/${repository}/manifests`;
  const url = `${manifests}/${digest ?? tag}`;
  const said = (code: string, what: string): string =>
    `rpc error: code = ${code} desc = failed to pull and unpack image "${fullName}": ${what}`;
  switch (answer) {
    case 'unreachable':
      return said(
        'Unknown',
        `${resolving}: failed to do request: Head "${url}": dial tcp ${ADDRESS}: i/o timeout`,
      );
    case 'unauthorized':
      return said('Unknown', `${resolving}: ${DENIED}`);
    case 'rateLimited':
      return said(
        'Unknown',
        `failed to copy: httpReadSeeker: failed open: unexpected status code ${manifests}/${identity}: 429 Too Many Requests - Server message: ${LIMITED}`,
      );
    case 'serverError':
      return said(
        'Unknown',
        `${resolving}: unexpected status from HEAD request to ${url}: 503 Service Unavailable`,
      );
    case 'notFound':
      return said('NotFound', `${resolving}: ${fullName}: not found`);
  }
}

const DENIED =
  'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
const LIMITED =
  'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit';
