import type { Filter, Program } from '../program.ts';

/** Whose machine it is. */
export const hostname: Program = {
  type: 'program',
  name: 'hostname',
  isOfMachine: true,
  *run({ machine = '', view, args, write }) {
    const isAddress = args.some((word) => word === '-i' || word === '-I');
    write('stdout', `${isAddress ? `${view.rows.row('machines', machine)?.ip ?? ''} ` : machine}\n`);
    return { exitCode: 0 };
  },
};

/** Who types on a machine is root. */
export const id: Filter = {
  type: 'filter',
  name: 'id',
  isSteady: () => true,
  run(args) {
    const isNumber = args.some((word) => word === '-u' || word === '-g');
    const isName = args.some((word) => word === '-un' || word === '-gn');
    const text = isNumber ? '0' : isName ? 'root' : 'uid=0(root) gid=0(root) groups=0(root)';
    return { stdout: `${text}\n`, exitCode: 0 };
  },
};

export const whoami: Filter = {
  type: 'filter',
  name: 'whoami',
  isSteady: () => true,
  run: () => ({ stdout: 'root\n', exitCode: 0 }),
};
