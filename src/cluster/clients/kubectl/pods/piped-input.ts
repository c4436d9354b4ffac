import type { ContainerRow } from '../../../contract/machine-rows.ts';
import type { Invocation, Steps } from '../invocation.ts';

/**
 * What a program in a container gets of what was piped to kubectl, all of it at once: without `-i` nothing.
 * Nobody types. A pipe is no terminal (kubectl: exec.go SetupTTY).
 */
export function pipedInto({ flags, call, err }: Invocation): string {
  if (!flags.has('stdin') || !flags.bool('stdin') || call.stdin === '') return '';
  if (flags.bool('tty')) err('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  return call.stdin;
}

/** Hands it to a container's own program, whose input ends with it where it is open once only. */
export function* giveToContainer(
  invocation: Invocation,
  { node, pod, id: container }: ContainerRow,
  isOnce: boolean,
): Steps<void> {
  const text = pipedInto(invocation);
  if (text === '' && !isOnce) return;
  const over = isOnce ? { ended: true as const } : {};
  yield { type: 'ContainerInputGiven', node, pod, container, text, ...over };
}
