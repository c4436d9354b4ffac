import type { KubeVersion } from '../../objects/versions.ts';
import { type KubePackage, packageVersion } from '../../world/installs.ts';
import type { Call } from '../program.ts';

/** The version of one of Kubernetes' packages on the machine where a program runs. */
export function packageVersionOf({ view, machine = '' }: Call, name: KubePackage): KubeVersion {
  return packageVersion(view.rows, view.settings, { node: machine, name });
}
