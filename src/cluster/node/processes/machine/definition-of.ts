import type { ImageBehaviour } from '../../images/image-definition.ts';
import type { ProgramDefinition } from '../../images/program-definition.ts';
import type { ProgramTask } from '../process-state.ts';

/** A program of many programs is known by its first argument too: `/agnhost liveness`. */
export function definitionOf(
  { programs }: ImageBehaviour,
  { program, argv }: Pick<ProgramTask, 'program' | 'argv'>,
): ProgramDefinition {
  return programs[`${program} ${argv[1] ?? ''}`] ?? programs[program] ?? {};
}
