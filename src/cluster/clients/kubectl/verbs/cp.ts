import { decodeBase64 } from '../../../objects/base64.ts';
import { type Files, findFile } from '../../files.ts';
import { bool, int, text } from '../../flags/flag.ts';
import type { LeftFile } from '../../program.ts';
import { fail, KubectlExit } from '../failure.ts';
import type { Invocation, Steps } from '../invocation.ts';
import { awaitFirstPod, podToConnect } from '../pods/pod-behind.ts';
import type { Verb } from '../verb.ts';
import { failToRun, startProgram } from './exec.ts';

export const cp: Verb = {
  name: 'cp',
  flags: [text('c,container'), bool('no-preserve'), int('retries', '0')],
  run: copy,
};

/** The program in the container that packs or unpacks, whose end is waited for. */
interface CopyMemory {
  readonly id: string;
}

function* copy(invocation: Invocation): Steps {
  const { args, call } = invocation;
  if (args.length !== 2) fail('source and destination are required');
  const [from = { path: '' }, to = { path: '' }] = args.map(specOf);
  if (from.pod !== undefined && to.pod !== undefined)
    fail('one of src or dest must be a local file specification');
  if (from.path === '' || to.path === '') fail('filepath can not be empty');
  const memory = call.memory as CopyMemory | undefined;
  if (memory !== undefined && 'id' in memory) return yield* goOn(invocation, { from, to, id: memory.id });
  const remote = from.pod === undefined ? to : from;
  if (remote.pod === undefined) return fail('one of src or dest must be a remote file specification');
  const argv = from.pod === undefined ? unpacking(from.path, to.path, invocation.files) : packing(from.path);
  const there = remote.namespace === undefined ? invocation : { ...invocation, namespace: remote.namespace };
  const found = yield* podToConnect(there, remote.pod);
  if (found === undefined) return awaitFirstPod(invocation);
  const id = yield* startProgram(there, found.pod, argv);
  return yield* goOn(invocation, { from, to, id });
}

interface Spec {
  readonly namespace?: string;
  /** Absent for a file of this machine. */
  readonly pod?: string;
  readonly path: string;
}

/** `[[namespace/]pod:]path` (kubectl: cp.go extractFileSpec). */
function specOf(word: string): Spec {
  const colon = word.indexOf(':');
  if (colon < 0) return { path: word };
  const [first = '', second, ...more] = word.slice(0, colon).split('/');
  if (colon === 0 || more.length > 0) {
    fail('filespec must match the canonical format: [[namespace/]pod:]file/path');
  }
  const path = word.slice(colon + 1);
  return second === undefined ? { pod: first, path } : { namespace: first, pod: second, path };
}

/**
 * Where kubectl lets `tar` pack in the container and unpacks itself, a shell tells what lies there: a name
 * and its content in base64, in turn. The first line says whose tar would have spoken.
 */
const PACK = `case "$(tar --version 2>/dev/null)" in *GNU*) echo gnu ;; *) echo busybox ;; esac
if [ -d "$1" ]; then
  cd "$1" && find . -type f | while read -r f; do echo "$f"; base64 "$f" | tr -d '\\n'; echo; done
elif [ -e "$1" ]; then
  echo; base64 "$1" | tr -d '\\n'; echo
else exit 2; fi`;

function packing(path: string): readonly string[] {
  return ['sh', '-c', PACK, 'sh', path];
}

/** Where the source keeps its name, the target is a folder that there is. */
const UNPACK = `t="$1"; b="$2"; shift 2
[ -d "$t" ] && t="$t/$b"
[ -d "$(dirname "$t")" ] || { echo "tar: $(dirname "$t"): Cannot open: No such file or directory" >&2; exit 2; }
while [ $# -gt 0 ]; do
  f="$t$1"; mkdir -p "$(dirname "$f")"; printf '%s' "$2" > "$f" || exit 2; shift 2
done`;

function unpacking(path: string, target: string, files: Files): readonly string[] {
  const packed = localFiles(path, files);
  if (packed === undefined) return fail(`${path} doesn't exist in local filesystem`);
  const base = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return ['sh', '-c', UNPACK, 'sh', target, base, ...packed.flatMap(({ name, content }) => [name, content])];
}

interface Packed {
  /** Below what is copied: empty for a file itself, else with a slash before it. */
  readonly name: string;
  readonly content: string;
}

function localFiles(path: string, files: Files, below = ''): readonly Packed[] | undefined {
  const found = findFile(files, path);
  if (found.type === 'file') return [{ name: below, content: found.text }];
  if (found.type !== 'folder') return undefined;
  return found.names.flatMap((name) => localFiles(`${path}/${name}`, files, `${below}/${name}`) ?? []);
}

interface Copying {
  readonly from: Spec;
  readonly to: Spec;
  readonly id: string;
}

function* goOn(invocation: Invocation, { from, to, id }: Copying): Steps {
  const row = invocation.view.rows.row('execs', id);
  if (row === undefined) return fail('Internal error occurred: the program is not known any more');
  if (row.exitCode === undefined) {
    const seen = row.stdout.length + row.stderr.length;
    return { pause: { memory: { id } satisfies CopyMemory, awaits: [{ type: 'exec', id, seen }] } };
  }
  yield { type: 'ExecForgotten', exec: id, node: row.node, pod: row.pod };
  // What packs is tar, and that is what a machine without programs lacks.
  if (row.failure !== undefined) return failToRun(invocation, row, row.failure.replaceAll('"sh"', '"tar"'));
  if (from.pod === undefined) {
    invocation.err(row.stderr);
    if (row.exitCode !== 0) throw new KubectlExit(`command terminated with exit code ${row.exitCode}`, 1);
    return { exitCode: 0 };
  }
  const [tar = '', ...lines] = row.stdout.split('\n');
  if (row.exitCode !== 0) return failMissing(invocation, from.path, tar === 'busybox');
  if (from.path.startsWith('/')) {
    const quoted = tar === 'busybox' ? "removing leading '/'" : "Removing leading `/'";
    invocation.err(`tar: ${quoted} from member names\n`);
  }
  return { exitCode: 0, written: unpacked(lines, to.path) };
}

function unpacked(lines: readonly string[], target: string): readonly LeftFile[] {
  const written: LeftFile[] = [];
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const name = (lines[index] ?? '').replace(/^\.\//, '');
    const path = name === '' ? target : `${target}/${name}`;
    written.push({ path, text: decodeBase64(lines[index + 1] ?? '') ?? '', makesFolders: true });
  }
  return written;
}

function failMissing({ err }: Invocation, path: string, isBusybox: boolean): never {
  const name = path.replace(/^\/+/, '');
  if (isBusybox) {
    err(`tar: ${name}: No such file or directory\ntar: error exit delayed from previous errors\n`);
    throw new KubectlExit('command terminated with exit code 1', 1);
  }
  err(`tar: ${path}: Cannot stat: No such file or directory\n`);
  err('tar: Exiting with failure status due to previous errors\n');
  throw new KubectlExit('command terminated with exit code 2', 1);
}
