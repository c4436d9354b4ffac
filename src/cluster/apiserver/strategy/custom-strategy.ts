import type { Resource } from '../../objects/schema/resources.ts';
import type { Strategy } from '../call.ts';

/** How the server treats objects that a definition describes (apiextensions: customresource/strategy.go). */
export function customStrategy({ subresources }: Resource): Strategy {
  const hasStatus = subresources.some(({ name }) => name === 'status');
  return {
    hasStatus,
    keepsStatusAtCreate: false,
    generation: hasStatus ? 'content' : 'content+status',
    allowsUnconditionalUpdate: false,
    defaultPropagation: 'Background',
  };
}
