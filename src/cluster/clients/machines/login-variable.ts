import { HOME } from '../files.ts';

/** What a login on a machine sets. */
export function loginVariable(machine: string, name: string): string {
  switch (name) {
    case 'HOME':
      return HOME;
    case 'HOSTNAME':
      return machine;
    case 'USER':
      return 'root';
    default:
      return '';
  }
}
