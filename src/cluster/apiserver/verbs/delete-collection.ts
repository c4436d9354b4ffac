import type { DeleteOptions } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Call } from '../call.ts';
import { remove } from './delete.ts';
import { type Selection, select } from './read.ts';

/**
 * Every selected object, one after another; the first that may not go ends it, and what went before has gone.
 */
export function removeCollection(call: Call, options: Selection & DeleteOptions): Granted | Refused {
  const selected = select(call, options);
  if (!selected.ok) return selected;
  const items: KubeObject[] = [];
  for (const { metadata } of selected.value) {
    const { namespace, name = '' } = metadata;
    const answer = remove({ ...call, ...(namespace !== undefined && { namespace }) }, name, options);
    if (!answer.ok) return answer;
    if (answer.object) items.push(answer.object);
  }
  return { ok: true, items, revision: call.store.revision() };
}
