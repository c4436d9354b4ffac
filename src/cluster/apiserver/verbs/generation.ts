import { isEqualJson } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { GenerationRule } from '../call.ts';

/** Whether a change is one that controllers must follow, so that the object's generation counts up. */
export function countsUp(rule: GenerationRule, draft: KubeObject, stored: KubeObject): boolean {
  if (rule === 'none' || rule === 'once') return false;
  const [after, before] = [draft.metadata, stored.metadata];
  if (rule === 'content+labels' && !isEqualJson(after.labels, before.labels)) return true;
  if (rule === 'content+annotations' && !isEqualJson(after.annotations, before.annotations)) return true;
  if (rule === 'content+status' && !isEqualJson(statusOf(draft), statusOf(stored))) return true;
  return !isEqualJson(contentOf(draft), contentOf(stored));
}

function statusOf(object: KubeObject): unknown {
  return (object as { status?: unknown }).status;
}

/** All that is wanted: everything but what the object is called and how it stands. */
function contentOf(object: KubeObject): unknown {
  const {
    apiVersion: _,
    kind: __,
    metadata: ___,
    status: ____,
    ...content
  } = object as KubeObject & {
    status?: unknown;
  };
  return content;
}
