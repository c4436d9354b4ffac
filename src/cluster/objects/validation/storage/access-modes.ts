import { type FieldErrors, forbidden, notSupported } from '../field-error.ts';

const MODES: readonly string[] = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

export const VOLUME_MODES: readonly string[] = ['Block', 'Filesystem'];

/** Access for one pod alone goes with no other. */
export function checkAccessModes(field: string, modes: readonly string[]): FieldErrors {
  const others = modes.filter((mode) => mode !== 'ReadWriteOncePod' && MODES.includes(mode));
  const isMixed = modes.includes('ReadWriteOncePod') && others.length > 0;
  return [
    ...modes.filter((mode) => !MODES.includes(mode)).map((mode) => notSupported(field, mode, MODES)),
    ...(isMixed ? [forbidden(field, 'may not use ReadWriteOncePod with other access modes')] : []),
  ];
}
