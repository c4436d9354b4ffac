/** Words that stand behind versions in the tags of official images. */
const VARIANTS = [
  'alpine[0-9.]*',
  'slim',
  'bookworm',
  'bullseye',
  'buster',
  'trixie',
  'stretch',
  'jessie',
  'jammy',
  'noble',
  'focal',
  'perl',
  'otel',
  'glibc',
  'musl',
  'uclibc',
  'management',
  'apache',
  'fpm',
  'cli',
  'oracle',
  'debian',
  'ubi[0-9]*',
  'jdk[0-9]*',
  'jre[0-9]*',
  'temurin',
  'openjdk',
  'lts',
  'windowsservercore',
  'nanoserver',
  'rc[0-9]*',
  'beta[0-9]*',
  'onbuild',
].join('|');

/**
 * The tags of an official image whose versions look like that: `1.25`, `1.25-alpine`, `latest`, `alpine`.
 * What does not look like any of them is not there.
 */
export function releases(versions: string): RegExp {
  return new RegExp(`^(latest|stable|(${versions}|${VARIANTS})(-(${VARIANTS}))*)$`);
}
