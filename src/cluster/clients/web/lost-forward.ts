import { drawHex, drawUuid, drawWhole } from '../../../kernel/chance/draw.ts';
import { civilOf } from '../../../kernel/time/rfc3339.ts';
import type { Deed } from '../../contract/component.ts';
import type { Call } from '../program.ts';
import type { OpenPort } from './listeners.ts';

/**
 * Nobody listens in the pod: kubectl says what the kubelet told it, and gives its connection up (client-go:
 * portforward.go handleConnection; containerd: sandbox_portforward_linux.go).
 */
export function* loseForward(
  { view, now }: Call,
  { command, port: local, to }: OpenPort,
): Generator<Deed, void> {
  if (!('pod' in to)) return;
  const sandbox = view.rows
    .rowsBy('sandboxes', 'pod', to.pod)
    .find(({ stoppedAt }) => stoppedAt === undefined);
  const id = sandbox?.id ?? drawHex(view.chance, 64, 'sandbox-id', to.pod);
  const netns = `/var/run/netns/cni-${drawUuid(view.chance, 'netns', id)}`;
  const dialled = [
    `IPv4: dial tcp4 127.0.0.1:${to.port}: connect: connection refused`,
    `IPv6: dial tcp6 [::1]:${to.port}: connect: connection refused`,
  ].join(' ');
  const inside = `failed to connect to localhost:${to.port} inside namespace \\"${id}\\", ${dialled} `;
  const problem =
    `an error occurred forwarding ${local} -> ${to.port}: error forwarding port ${to.port} to pod ${id}, uid : ` +
    `failed to execute portforward in network namespace \\"${netns}\\": ${inside}`;
  const { month, day, hour, minute, second, millisecond } = civilOf(view.settings.epochMs + now);
  const two = (part: number): string => String(part).padStart(2, '0');
  const time = `${two(month)}${two(day)} ${two(hour)}:${two(minute)}:${two(second)}.${String(millisecond).padStart(3, '0')}000`;
  const process = String(drawWhole(view.chance, 1000, 99_999, 'process-id', command, 0)).padStart(7);
  const stderr =
    `E${time} ${process} portforward.go:398] "Unhandled Error" err="${problem}"\n` +
    'error: lost connection to pod\n';
  yield { type: 'CommandPrinted', command, stderr };
  yield { type: 'CommandEnded', command, exitCode: 1 };
}
