import { drawHex } from '../../kernel/chance/draw.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import { formatKubeVersion, type KubeVersion } from './versions.ts';

/** apimachinery: version.Info, as every program of Kubernetes says of itself what it was built of. */
export type VersionInfo = Readonly<
  Record<
    | 'major'
    | 'minor'
    | 'gitVersion'
    | 'gitCommit'
    | 'gitTreeState'
    | 'buildDate'
    | 'goVersion'
    | 'compiler'
    | 'platform',
    string
  >
>;

/** The same for the same version, in every cluster that begins at the same time. */
export function versionInfo(version: KubeVersion, epochMs: number): VersionInfo {
  const gitVersion = formatKubeVersion(version);
  return {
    major: '1',
    minor: String(version.minor),
    gitVersion,
    gitCommit: drawHex({ seed: 'kubernetes' }, 40, 'commit', gitVersion),
    gitTreeState: 'clean',
    buildDate: formatRfc3339(epochMs - AGE_MS),
    goVersion: goVersionOf(version),
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

const AGE_MS = 30 * 86_400_000;

/** Two minor versions of Go a year, as Kubernetes follows them. */
function goVersionOf({ minor }: KubeVersion): string {
  if (minor < 24) return minor < 22 ? 'go1.15.15' : 'go1.17.13';
  return `go1.${18 + Math.ceil((minor - 24) / 2)}.${minor % 2 === 0 ? 3 : 9}`;
}
