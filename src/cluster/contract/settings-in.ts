import { derived } from '../objects/derived.ts';
import type { KubeVersion } from '../objects/versions.ts';
import type { ClusterSettings } from './settings.ts';

/**
 * The settings as a program of a version reads them that need not be the cluster's. What differs between
 * versions follows from `settings.version` alone, so an upgraded program behaves as one of its own version.
 * The very same object for the same version.
 */
export function settingsIn(settings: ClusterSettings, version: KubeVersion): ClusterSettings {
  const first = firstSettings(settings);
  if (isSame(version, first.version)) return first;
  const variants = variantsOf(first);
  const key = version.minor * MORE_THAN_PATCHES + version.patch;
  let found = variants.get(key);
  if (!found) {
    found = { ...first, version };
    variants.set(key, found);
    firsts.set(found, first);
  }
  return found;
}

/** The version of the story: that of all programs that nobody has exchanged. */
export function firstVersion(settings: ClusterSettings): KubeVersion {
  return firstSettings(settings).version;
}

const MORE_THAN_PATCHES = 1000;

const firsts = new WeakMap<ClusterSettings, ClusterSettings>();
const variantsOf = derived((_: ClusterSettings) => new Map<number, ClusterSettings>());

function firstSettings(settings: ClusterSettings): ClusterSettings {
  return firsts.get(settings) ?? settings;
}

function isSame(one: KubeVersion, other: KubeVersion): boolean {
  return one.minor === other.minor && one.patch === other.patch;
}
