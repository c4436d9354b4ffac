import type { Event } from '../cluster/contract/event.ts';
import { formatGoDuration } from '../kernel/time/go-duration.ts';
import type { MachineWords } from '../words/entry-words.ts';

/** What passes between machines, and from registries to them. */
export function pullLine(event: Event, words: MachineWords): string | undefined {
  switch (event.type) {
    case 'NetworkCut':
      return words.networkCut(event.node, parties(event.from, words));
    case 'NetworkMended':
      return words.networkMended(event.node, parties(event.from, words));
    case 'RegistryFailed':
      return words.registryFails(event.registry, event.answers);
    case 'RegistryMended':
      return words.registryMended(event.registry);
    case 'ClockSet':
      return words.clockSet(event.node, formatGoDuration(event.byMs));
    case 'ImagePullStarted':
      return words.pulling(shortImage(event.image));
    case 'ImagePulled':
      return words.pulled(shortImage(event.names[0] ?? event.id), event.node);
    case 'ImagePullFailed':
      return words.notPulled(shortImage(event.image), event.error);
    default:
      return undefined;
  }
}

/** Nothing where all are meant. */
function parties(from: readonly string[], { controlPlane }: MachineWords): readonly string[] {
  if (from.includes('*')) return [];
  return from.map((party) => (party === 'control-plane' ? controlPlane : party));
}

/** As people write it: without the registry and the library that are meant anyway. */
function shortImage(image: string): string {
  return image.replace(/^docker\.io\/(library\/)?/, '');
}
