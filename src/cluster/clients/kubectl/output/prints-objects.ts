import type { Invocation } from '../invocation.ts';

/** Whether -o asks for the objects themselves, which come at the end. */
export function printsObjects({ flags }: Invocation): boolean {
  const output = flags.text('output');
  return output !== '' && output !== 'name';
}
