import { draw } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { ClusterSettings } from '../../contract/settings.ts';
import type { TrafficRow } from '../../contract/traffic-rows.ts';

/** When a client sends its request of that number, counted from 0, whatever has become of those before it. */
export function sendTime(
  { client, spec, startedAt }: TrafficRow,
  settings: ClusterSettings,
  index: number,
): Millis {
  const late = spec.jitter ? draw(settings, 'traffic jitter', client, index) : 0;
  return startedAt + Math.floor(((index + late) * 1000) / spec.rate);
}
