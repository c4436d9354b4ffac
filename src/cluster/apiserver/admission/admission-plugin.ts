import type { Refused } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Call } from '../call.ts';
import { forbidden } from '../refusal.ts';

/**
 * A plugin of admission: in its first round it completes a draft, or refuses it; in the second, when the
 * draft is known to be valid and has its name, it only refuses. Without resources it is asked about all.
 */
export interface AdmissionPlugin {
  readonly name: string;
  readonly resources?: readonly string[];
  /** It goes by the objects of this resource: where there never was one, it lets everything pass. */
  readonly goesBy?: string;
  readonly onCreate?: (draft: KubeObject, call: Call) => Refused | undefined;
  readonly onUpdate?: (draft: KubeObject, stored: KubeObject, call: Call) => Refused | undefined;
  readonly checkCreate?: (draft: KubeObject, call: Call) => Refused | undefined;
  readonly checkDelete?: (stored: KubeObject, call: Call) => Refused | undefined;
  readonly checkUpdate?: (draft: KubeObject, stored: KubeObject, call: Call) => Refused | undefined;
}

/** A plugin's refusal. Where the name is still to be generated, what it will begin with stands for it. */
export function refuseAdmission({ metadata }: KubeObject, call: Call, why: string): Refused {
  return forbidden(call.resource, metadata.name || metadata.generateName || 'Unknown', why);
}
