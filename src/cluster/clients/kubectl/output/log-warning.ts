import { drawWhole } from '../../../../kernel/chance/draw.ts';
import { klogLine } from '../../../objects/klog-line.ts';
import type { Invocation } from '../invocation.ts';

/** As klog prints: `W1121 14:29:50.832000    5893 helpers.go:703] …`. */
export function logWarning({ view, call, epochNow, err }: Invocation, place: string, message: string): void {
  const pid = drawWhole(view.chance, 1000, 99_999, 'process-id', call.command, call.instance);
  err(`${klogLine('W', place, { epochMs: epochNow, pid, text: message })}\n`);
}
