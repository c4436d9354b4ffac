import type { RowReader } from '../../contract/reader.ts';

export interface SshCall {
  /** Without the user's name. */
  readonly host?: string;
  /** The words for the other machine's shell. */
  readonly command: readonly string[];
}

/** Options that take a value (ssh(1)). */
const VALUED = 'BbcDEeFIiJLlmOopQRSWw';

export function readSsh(args: readonly string[]): SshCall {
  let index = 0;
  for (; args[index]?.startsWith('-'); index++) {
    const word = args[index] ?? '';
    if (VALUED.includes(word[1] ?? '') && word.length === 2) index += 1;
  }
  const host = args[index]?.replace(/^.*@/, '');
  return { command: args.slice(index + 1), ...(host === undefined ? {} : { host }) };
}

/** The machine that is called so, by its node's name or its address, or why nobody gets there. */
export function unreachable(
  rows: RowReader,
  host: string,
  isInTouch: (node: string) => boolean,
): { readonly node: string } | { readonly problem: string } {
  const machine =
    rows.row('machines', host) ?? rows.rowsBy('machines', 'all', '').find(({ ip }) => ip === host);
  if (machine === undefined || machine.removed !== undefined)
    return { problem: `ssh: Could not resolve hostname ${host}: Name or service not known` };
  if (machine.off !== undefined || !isInTouch(machine.node))
    return { problem: `ssh: connect to host ${host} port 22: No route to host` };
  return { node: machine.node };
}
