import type { Deed } from '../../contract/component.ts';
import { hostFileSystem } from '../../contract/file-key.ts';
import { areInTouch } from '../../world/reach.ts';
import { type Files, findFile, HOME } from '../files.ts';
import type { Call, LeftFile, Outcome, Program } from '../program.ts';
import { machineFiles } from './machine-files.ts';
import { unreachable } from './ssh-target.ts';

/** Options that take a value (scp(1)). */
const VALUED = 'cDFiJloPSX';

/** Files from machine to machine: `scp /etc/kubernetes/admin.conf root@node-1:`. */
export const scp: Program = {
  type: 'program',
  name: 'scp',
  startup: () => [180, 320],
  *run(call) {
    const { paths, isDeep } = readScp(call.args);
    const target = paths.at(-1);
    if (target === undefined || paths.length < 2) {
      call.write('stderr', USAGE);
      return { exitCode: 1 };
    }
    const places: Place[] = [];
    for (const path of paths) {
      const place = placeOf(call, path);
      if ('problem' in place) {
        call.write('stderr', `${place.problem}\nscp: Connection closed\n`);
        return { exitCode: 255 };
      }
      places.push(place);
    }
    const copies: LeftFile[] = [];
    let exitCode = 0;
    for (const source of places.slice(0, -1)) {
      const found = filesAt(source, { target: places.at(-1) as Place, isDeep });
      if (typeof found === 'string') {
        call.write('stderr', `scp: ${found}\n`);
        exitCode = 1;
      } else copies.push(...found);
    }
    return yield* leave(call, places.at(-1) as Place, { copies, exitCode });
  },
};

const USAGE =
  'usage: scp [-346ABCOpqRrsTv] [-c cipher] [-D sftp_server_path] [-F ssh_config]\n' +
  '           [-i identity_file] [-J destination] [-l limit] [-o ssh_option]\n' +
  '           [-P port] [-S program] [-X sftp_option] source ... target\n';

interface Place {
  /** Absent: where it is typed. */
  readonly node?: string;
  readonly path: string;
  readonly files: Files;
}

function readScp(args: readonly string[]): { readonly paths: readonly string[]; readonly isDeep: boolean } {
  const paths: string[] = [];
  let isDeep = false;
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (!word.startsWith('-')) paths.push(word);
    else if (word.length === 2 && VALUED.includes(word.slice(1))) index++;
    else isDeep ||= /^-\w*r/.test(word);
  }
  return { paths, isDeep };
}

/** `user@host:path`, or a path here. */
function placeOf(call: Call, text: string): Place | { readonly problem: string } {
  const [, host, path = ''] = /^(?:[^@/:]+@)?([^/:]+):(.*)$/.exec(text) ?? [];
  const { view, machine, files } = call;
  if (host === undefined) return { path: text, files };
  const target = unreachable(view.rows, host, (node) => areInTouch(view.rows, machine, node));
  if ('problem' in target) return target;
  const full = path.startsWith('/') ? path : `${HOME}/${path.replace(/^~\/?/, '')}`;
  return { node: target.node, path: full, files: machineFiles(view, target.node) };
}

interface Copying {
  readonly target: Place;
  readonly isDeep: boolean;
}

/** What is to be written there; a text says why nothing is. */
function filesAt(source: Place, { target, isDeep }: Copying): readonly LeftFile[] | string {
  const found = findFile(source.files, source.path);
  if (found.type === 'missing' || found.type === 'outside')
    return `${source.path}: No such file or directory`;
  const name = source.path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const isInto = findFile(target.files, target.path).type === 'folder' || target.path.endsWith('/');
  const into = target.path.replace(/\/+$/, '');
  const path = isInto ? (into === '.' ? name : `${into}/${name}`) : target.path;
  if (found.type === 'file') return [{ path, text: found.text, makesFolders: false }];
  if (!isDeep) return `${source.path}: not a regular file`;
  return Object.entries(source.files).flatMap(([each, text]): LeftFile[] =>
    each.startsWith(`${found.path}/`) && !each.endsWith('/')
      ? [{ path: path + each.slice(found.path.length), text, makesFolders: true }]
      : [],
  );
}

interface Left {
  readonly copies: readonly LeftFile[];
  readonly exitCode: number;
}

function* leave(call: Call, { node }: Place, { copies, exitCode }: Left): Generator<Deed, Outcome, unknown> {
  if (node === undefined) return { exitCode, written: copies };
  for (const { path, text } of copies)
    yield {
      type: 'FileWritten',
      node,
      fileSystem: hostFileSystem(node),
      path,
      kind: 'file',
      content: text,
      mode: 0o600,
      modifiedAt: call.now,
    };
  return { exitCode };
}
