import type { View } from '../../contract/component.ts';
import type { ProgramName } from '../../contract/control-plane-rows.ts';
import { fileKey, hostFileSystem } from '../../contract/file-key.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { knowsFlag } from '../../kubeadm/flags.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { imageVersion } from '../../objects/versions.ts';
import { placeOf } from '../containers/places.ts';
import { commandOf } from './command-of.ts';

interface FlagProblem {
  readonly text: string;
  readonly isLogged?: true;
}

/**
 * What is wrong with the flags of a program, before it ends; undefined: nothing. What shows only when it runs
 * is logged.
 */
export function flagProblem(
  view: View,
  program: ProgramName,
  container: ContainerRow,
): FlagProblem | undefined {
  const words = commandOf(view, container).slice(1);
  const machine = {
    node: container.node,
    ip: '',
    version: imageVersion(container.specImage) ?? view.settings.version,
  };
  for (const word of words) {
    const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '') continue;
    if (!knowsFlag(program, name, machine)) return { text: unknownFlag(program, name) };
    const problem = value === undefined ? undefined : valueProblem(view, container, { name, value });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** pflag's words; etcd has those of Go's own flags. */
function unknownFlag(program: ProgramName, name: string): string {
  if (program !== 'etcd') return `Error: unknown flag: --${name}`;
  const said = `flag provided but not defined: -${name}`;
  const head = '"level":"warn","caller":"etcdmain/etcd.go:75","msg":"failed to verify flags"';
  return `{${head},"error":${quoteGo(said)}}`;
}

interface Given {
  readonly name: string;
  readonly value: string;
}

function valueProblem(view: View, container: ContainerRow, { name, value }: Given): FlagProblem | undefined {
  if (/-port$|^port$/.test(name) && !/^\d+$/.test(value)) {
    const why = `strconv.ParseInt: parsing ${quoteGo(value)}: invalid syntax`;
    return { text: `Error: invalid argument ${quoteGo(value)} for "--${name}" flag: ${why}` };
  }
  if (/^(true|false)$/.test(value) || !/(file|kubeconfig)$/.test(name)) return undefined;
  if (!isMissing(view, container, value)) return undefined;
  return { text: `open ${value}: no such file or directory`, isLogged: true };
}

/** Whether a file is not there, on a machine that has the files of a control plane at all. */
function isMissing(view: View, container: ContainerRow, path: string): boolean {
  const { rows } = view;
  const fileSystem = hostFileSystem(container.node);
  const isSetUp = rows.row('files', fileKey({ fileSystem, path: '/etc/kubernetes/pki/ca.crt' }));
  return isSetUp !== undefined && rows.row('files', fileKey(placeOf(view, container, path)))?.kind !== 'file';
}
