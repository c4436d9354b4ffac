import type { Event } from '../cluster/contract/event.ts';
import type { HindranceEvent } from '../cluster/contract/hindrance-row.ts';
import type { PathEvent } from '../cluster/contract/path-row.ts';
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
    case 'PathHarmed':
    case 'PathMended':
    case 'ProgramHindered':
    case 'ProgramRelieved':
      return hindranceLine(event, words);
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

function hindranceLine(event: PathEvent | HindranceEvent, words: MachineWords): string {
  if (event.type === 'PathMended') return words.pathMended(event.path ?? '');
  if (event.type === 'PathHarmed') {
    const much = event.lateMs === undefined ? shareText(event.lost) : formatGoDuration(event.lateMs);
    return words.pathHarmed(event.path, event.harm, much);
  }
  const program = event.node === undefined ? event.program : `${event.program}/${event.node}`;
  if (event.type === 'ProgramRelieved') return words.relieved(program, event.of);
  const { byMs, times, share, code } = event;
  const late = byMs === undefined ? `${times ?? 1}×` : `+${formatGoDuration(byMs)}`;
  return words.hindered(program, event.of, event.of === 'requests' ? `${shareText(share)}: ${code}` : late);
}

function shareText(share = 1): string {
  return `${Math.round(share * 1000) / 10} %`;
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
