import type { ContainerRow, SandboxRow } from '../../contract/machine-rows.ts';
import type { Call, Outcome } from '../program.ts';

/** The containers of a machine, the youngest first. */
export function containersOn({ view, machine = '' }: Call): readonly ContainerRow[] {
  const { rows } = view;
  return rows
    .rowsBy('podWorkers', 'node', machine)
    .flatMap(({ key }) => rows.rowsBy('containers', 'pod', key))
    .sort((a, b) => b.createdAt - a.createdAt);
}

export function sandboxesOn({ view, machine = '' }: Call): readonly SandboxRow[] {
  const { rows } = view;
  return rows
    .rowsBy('podWorkers', 'node', machine)
    .flatMap(({ key }) => rows.rowsBy('sandboxes', 'pod', key))
    .sort((a, b) => b.startedAt - a.startedAt);
}

export function stateOf({ startedAt, exit }: ContainerRow): 'Created' | 'Running' | 'Exited' {
  if (exit !== undefined) return 'Exited';
  return startedAt === undefined ? 'Created' : 'Running';
}

/** The container whose ID begins so. */
export function findContainer(call: Call, id: string | undefined): ContainerRow | undefined {
  return id === undefined || id === '' ? undefined : containersOn(call).find((row) => row.id.startsWith(id));
}

export function notFound(call: Call, what: string, id = ''): Outcome {
  return refused(
    call,
    `getting the status of the ${what} "${id}": rpc error: code = NotFound desc = an error occurred when try to find ${what} "${id}": not found`,
  );
}

/** Options before the verb, which say where the runtime is. */
export function globalWords(words: readonly string[]): number {
  let index = 0;
  while (words[index]?.startsWith('-'))
    index += /^(-r|-i|-t|--runtime-endpoint|--image-endpoint|--timeout)$/.test(words[index] ?? '') ? 2 : 1;
  return index;
}

export function refused({ write }: Call, message: string): Outcome {
  write('stderr', `FATA[0000] ${message}\n`);
  return { exitCode: 1 };
}
