import { type KubeVersion, parseKubeVersion } from '../../objects/versions.ts';
import type { Run } from './run-phases.ts';

/** The version to which the control plane is brought, as an earlier phase has noted it. */
export function targetOf({ notes, version }: Run): KubeVersion {
  return parseKubeVersion(notes['target'] ?? '') ?? version;
}
