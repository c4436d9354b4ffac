import { drawWhole } from '../../../../kernel/chance/draw.ts';
import { civilOf } from '../../../../kernel/time/rfc3339.ts';
import type { Invocation } from '../invocation.ts';

/** As klog prints: `W1121 14:29:50.832000    5893 helpers.go:703] …`. */
export function logWarning({ view, call, epochNow, err }: Invocation, place: string, message: string): void {
  const { month, day, hour, minute, second, millisecond } = civilOf(epochNow);
  const [date, clock] = [
    [month, day],
    [hour, minute, second],
  ].map((parts) => parts.map((part) => String(part).padStart(2, '0')));
  const micros = `${String(millisecond).padStart(3, '0')}000`;
  const process = drawWhole(view.chance, 1000, 99_999, 'process-id', call.command, call.instance);
  err(
    `W${date?.join('')} ${clock?.join(':')}.${micros} ${String(process).padStart(7)} ${place}] ${message}\n`,
  );
}
