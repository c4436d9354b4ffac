import type { View } from '../../contract/component.ts';
import type { ProgramName } from '../../contract/control-plane-rows.ts';
import { fileKey, hostFileSystem } from '../../contract/file-key.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { knowsFlag } from '../../kubeadm/flags.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { placeOf } from '../containers/places.ts';
import { commandOf } from './command-of.ts';

/** What a program says of flags that it can't work with, before it ends; undefined: nothing is wrong. */
export function flagProblem(view: View, program: ProgramName, container: ContainerRow): string | undefined {
  const words = commandOf(view, container).slice(1);
  const machine = { node: container.node, ip: '', version: view.settings.version };
  for (const word of words) {
    const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '') continue;
    if (!knowsFlag(program, name, machine)) return unknownFlag(program, name);
    const problem = value === undefined ? undefined : valueProblem(view, container, { name, value });
    if (problem !== undefined) return `Error: ${problem}`;
  }
  return undefined;
}

/** pflag's words; etcd has those of Go's own flags. */
function unknownFlag(program: ProgramName, name: string): string {
  if (program !== 'etcd') return `Error: unknown flag: --${name}`;
  const said = `flag provided but not defined: -${name}`;
  return `{"level":"warn","caller":"etcdmain/etcd.go:75","msg":"failed to verify flags","error":${quoteGo(said)}}`;
}

interface Given {
  readonly name: string;
  readonly value: string;
}

function valueProblem(view: View, container: ContainerRow, { name, value }: Given): string | undefined {
  if (/-port$|^port$/.test(name) && !/^\d+$/.test(value)) {
    const why = `strconv.ParseInt: parsing ${quoteGo(value)}: invalid syntax`;
    return `invalid argument ${quoteGo(value)} for "--${name}" flag: ${why}`;
  }
  if (/^(true|false)$/.test(value) || !/(file|kubeconfig)$/.test(name)) return undefined;
  return isMissing(view, container, value) ? `open ${value}: no such file or directory` : undefined;
}

/** Whether a file is not there, on a machine that has the files of a control plane at all. */
function isMissing(view: View, container: ContainerRow, path: string): boolean {
  const { rows } = view;
  const fileSystem = hostFileSystem(container.node);
  const isSetUp = rows.row('files', fileKey({ fileSystem, path: '/etc/kubernetes/pki/ca.crt' }));
  return isSetUp !== undefined && rows.row('files', fileKey(placeOf(view, container, path)))?.kind !== 'file';
}
