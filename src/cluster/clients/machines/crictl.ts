import type { Deed } from '../../contract/component.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { Node } from '../../objects/kubernetes.ts';
import { runtimeRuns } from '../../world/installs.ts';
import { atOnce } from '../at-once.ts';
import { readLog } from '../kubectl/pods/container-log.ts';
import { readOptions } from '../pipes/read-options.ts';
import { type Call, type Outcome, type Program, UNKNOWN_TEXT } from '../program.ts';
import { execute } from './crictl-exec.ts';
import { containersJson, inspectText } from './crictl-inspect.ts';
import { MORE_VERBS, type Verb } from './crictl-more.ts';
import {
  containersOn,
  findContainer,
  globalWords,
  notFound,
  refused,
  sandboxesOn,
  stateOf,
} from './crictl-rows.ts';
import { containersText, imagesText, podsText } from './crictl-tables.ts';

const LIST_OPTIONS = {
  flags: 'aql',
  valued: 'onspLc',
  long: {
    all: 'a',
    quiet: 'q',
    latest: 'l',
    output: 'o',
    name: 'n',
    state: 's',
    pod: 'p',
    label: 'L',
    namespace: 'c',
  },
};

/** The runtime's own command line: what it says is true on the machine, whatever the API server holds. */
export const crictl: Program = {
  type: 'program',
  name: 'crictl',
  isOfMachine: true,
  check(args) {
    const words = args.slice(globalWords(args.map(({ text }) => text)));
    const [verb] = words;
    if (!verb || verb.text.includes(UNKNOWN_TEXT)) return undefined;
    const { text, offset, length } = verb;
    const known = VERBS[text];
    if (!known) {
      const hint = `it has ${Object.keys(VERBS).join(', ')}`;
      return { code: 'notSimulated', message: `crictl ${text} is not simulated`, hint, offset, length };
    }
    const own = text === 'exec' ? [] : words.slice(1).map((word) => word.text);
    const { unknown } = readOptions(own, known.options);
    const word = unknown === undefined ? undefined : args.find((each) => each.text === unknown);
    if (!word) return undefined;
    const at = { offset: word.offset, length: word.length };
    return { code: 'notSimulated', message: `crictl ${text}: its option ${unknown} is not simulated`, ...at };
  },
  *run(call) {
    const [name = 'help', ...words] = call.args.slice(globalWords(call.args));
    const verb = VERBS[name];
    if (!verb) return refused(call, `unknown command "${name}"`);
    if (!runtimeRuns(call.view.rows, call.machine ?? '')) {
      const socket = '/run/containerd/containerd.sock';
      return refused(
        call,
        `validate service connection: validate CRI v1 runtime API for endpoint "unix://${socket}": rpc error: code = ` +
          `Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix ${socket}: connect: connection refused"`,
      );
    }
    return yield* verb.run(call, readOptions(words, verb.options));
  },
};

const VERBS: Readonly<Record<string, Verb>> = {
  ps: {
    options: LIST_OPTIONS,
    run: atOnce((call, { given }) => {
      const wanted = given.get('s')?.toLowerCase();
      const name = new RegExp(given.get('n') ?? '');
      const found = containersOn(call).filter(
        (row) =>
          (given.has('a') || wanted !== undefined || stateOf(row) === 'Running') &&
          (wanted === undefined || stateOf(row).toLowerCase() === wanted) &&
          name.test(row.name) &&
          row.sandbox.startsWith(given.get('p') ?? ''),
      );
      const shown = given.has('l') ? found.slice(0, 1) : found;
      const ids = shown.map(({ id }) => `${id}\n`).join('');
      const table = given.get('o') === 'json' ? containersJson(call, shown) : containersText(call, shown);
      call.write('stdout', given.has('q') ? ids : table);
      return { exitCode: 0 };
    }),
  },
  pods: {
    options: LIST_OPTIONS,
    run: atOnce((call, { given }) => {
      const name = new RegExp(given.get('n') ?? '');
      const found = sandboxesOn(call).filter(
        ({ pod, stoppedAt }) =>
          name.test(pod.split('/')[1] ?? '') &&
          (given.get('c') === undefined || pod.startsWith(`${given.get('c')}/`)) &&
          (given.get('s') === undefined ||
            (given.get('s')?.toLowerCase() === 'ready') === (stoppedAt === undefined)),
      );
      call.write(
        'stdout',
        given.has('q') ? found.map(({ id }) => `${id}\n`).join('') : podsText(call, found),
      );
      return { exitCode: 0 };
    }),
  },
  images: {
    options: { flags: 'qv', valued: 'o' },
    run: atOnce((call, { given }) => {
      call.write('stdout', imagesText(call, given.has('q')));
      return { exitCode: 0 };
    }),
  },
  logs: {
    options: { flags: 'ftp', valued: 'n', long: { tail: 'n', timestamps: 't', previous: 'p', follow: 'f' } },
    run: atOnce((call, { given, operands }) => {
      const [id] = operands;
      if (id === undefined) return refused(call, 'ID cannot be empty');
      const row = findContainer(call, id);
      if (!row)
        return refused(
          call,
          `rpc error: code = NotFound desc = an error occurred when try to find container "${id}": not found`,
        );
      const lines = readLog(call.view.rows, row.id);
      const count = given.get('n');
      for (const { text } of count === undefined ? lines : lines.slice(-Number(count)))
        call.write('stdout', `${text}\n`);
      return { exitCode: 0 };
    }),
  },
  inspect: {
    options: { flags: 'q', valued: 'o' },
    run: atOnce((call, { operands }) => {
      const row = findContainer(call, operands[0]);
      if (!row) return notFound(call, 'container', operands[0]);
      call.write('stdout', inspectText(call, row));
      return { exitCode: 0 };
    }),
  },
  stop: {
    options: { flags: '', valued: 't', long: { timeout: 't' } },
    run: (call, { operands }) => eachContainer(call, operands, endContainer),
  },
  rm: {
    options: { flags: 'fa', long: { force: 'f', all: 'a' } },
    run: (call, { given, operands }) => {
      const all = given.has('a') ? containersOn(call).map(({ id }) => id) : operands;
      return eachContainer(call, all, (row) => removeContainer(call, row, given.has('f')));
    },
  },
  exec: { options: { flags: 'itsr' }, run: execute },
  ...MORE_VERBS,
  version: {
    options: { flags: '' },
    run: atOnce(({ view, machine = '', write }) => {
      const node = view.objects.get<Node>('nodes', undefined, machine);
      const version = node?.status?.nodeInfo?.containerRuntimeVersion?.replace(/^.*:\/\//, '') ?? '';
      write(
        'stdout',
        `Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  v${version}\nRuntimeApiVersion:  v1\n`,
      );
      return { exitCode: 0 };
    }),
  },
};

function* eachContainer(
  call: Call,
  ids: readonly string[],
  act: (row: ContainerRow) => Generator<Deed, string | undefined, unknown>,
): Generator<Deed, Outcome, unknown> {
  let exitCode = 0;
  for (const id of ids) {
    const row = findContainer(call, id);
    if (!row) return notFound(call, 'container', id);
    const problem = yield* act(row);
    if (problem === undefined) call.write('stdout', `${id}\n`);
    else {
      call.write('stderr', `E ${problem}\n`);
      exitCode = 1;
    }
  }
  return { exitCode };
}

/** Without a timeout it is not asked first (cri-tools: container.go StopContainer, timeout 0). */
function* endContainer(row: ContainerRow): Generator<Deed, undefined, unknown> {
  const { node, pod, id, exit } = row;
  if (exit === undefined) yield { type: 'SignalSent', node, pod, container: id, signal: 'KILL' };
  return undefined;
}

function* removeContainer(
  _call: Call,
  row: ContainerRow,
  isForced: boolean,
): Generator<Deed, string | undefined, unknown> {
  const { node, pod, id, exit } = row;
  if (exit === undefined && !isForced)
    return `removing container "${id}" failed: container is running, please stop it first`;
  if (exit === undefined) yield { type: 'SignalSent', node, pod, container: id, signal: 'KILL' };
  else yield { type: 'ContainerRemoved', node, pod, container: id };
  return undefined;
}

/** docker and ctr do not see what the kubelet's runtime runs, or only under other names. */
export function otherRuntime(name: string): Program {
  return {
    type: 'program',
    name,
    isOfMachine: true,
    check(args) {
      const { offset, length } = args[0] ?? { offset: 0, length: 0 };
      const hint = 'the kubelets here run their containers with containerd: crictl ps, crictl logs';
      return { code: 'notSimulated', message: `${name} is not simulated`, hint, offset, length };
    },
    run: atOnce(({ write }) => {
      write('stderr', `${name} is not simulated: crictl shows what the kubelet runs\n`);
      return { exitCode: 1 };
    }),
  };
}
