import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Deed } from '../../contract/component.ts';
import type { SandboxRow } from '../../contract/machine-rows.ts';
import type { Response } from '../../contract/response.ts';
import type { Node } from '../../objects/kubernetes.ts';
import { atOnce } from '../at-once.ts';
import { processesOn } from '../host/host-processes.ts';
import type { OptionSpec, Options } from '../pipes/read-options.ts';
import type { Call, Outcome } from '../program.ts';
import { podLabels } from './crictl-inspect.ts';
import { containersOn, refused, sandboxesOn, stateOf } from './crictl-rows.ts';
import { statsText } from './crictl-tables.ts';

/** A command of crictl's. */
export interface Verb {
  readonly options: OptionSpec;
  run(call: Call, options: Options): Generator<Deed, Outcome, Response>;
}

const SOCKET = 'unix:///run/containerd/containerd.sock';
const OUTPUT = { flags: 'qa', valued: 'o', long: { output: 'o', quiet: 'q' } };

/** What is looked at besides containers: sandboxes, images, the runtime itself. */
export const MORE_VERBS: Readonly<Record<string, Verb>> = {
  info: {
    options: OUTPUT,
    run: atOnce((call) => {
      call.write('stdout', `${JSON.stringify(infoOf(call), null, 2)}\n`);
      return { exitCode: 0 };
    }),
  },
  inspectp: {
    options: OUTPUT,
    run: atOnce((call, { operands }) => {
      const [id = ''] = operands;
      const row = sandboxesOn(call).find((each) => id !== '' && each.id.startsWith(id));
      if (!row) return notThere(call, 'sandbox', id);
      call.write('stdout', `${JSON.stringify(sandboxOf(call, row), null, 2)}\n`);
      return { exitCode: 0 };
    }),
  },
  inspecti: {
    options: OUTPUT,
    run: atOnce((call, { operands }) => {
      const [name = ''] = operands;
      const image = imageCalled(call, name);
      if (!image) return notThere(call, 'image', name);
      const { id, names, sizeBytes } = image;
      const status = {
        id,
        repoTags: names,
        repoDigests: [],
        size: String(sizeBytes),
        uid: null,
        username: '',
      };
      call.write('stdout', `${JSON.stringify({ status: { ...status, pinned: false } }, null, 2)}\n`);
      return { exitCode: 0 };
    }),
  },
  stats: {
    options: OUTPUT,
    run: atOnce((call) => {
      const processes = processesOn(call);
      const rows = containersOn(call).filter((row) => stateOf(row) === 'Running');
      const used = (id: string) =>
        processes.find(({ of }) => of && 'container' in of && of.container.id === id);
      const shown = rows.map((row) => ({ id: row.id, name: row.name, process: used(row.id) }));
      call.write('stdout', statsText(shown));
      return { exitCode: 0 };
    }),
  },
  statsp: {
    options: OUTPUT,
    run: atOnce((call) => {
      const processes = processesOn(call);
      const shown = sandboxesOn(call).flatMap((sandbox) => {
        if (sandbox.stoppedAt !== undefined) return [];
        const own = processes.find(
          ({ of }) => of && 'container' in of && of.container.sandbox === sandbox.id,
        );
        return [{ id: sandbox.id, name: sandbox.pod.split('/')[1] ?? '', process: own }];
      });
      call.write('stdout', statsText(shown));
      return { exitCode: 0 };
    }),
  },
  pull: {
    options: { flags: '', valued: 'o', long: { creds: 'o', auth: 'o' } },
    run: atOnce((call, { operands }) => {
      const image = imageCalled(call, operands[0] ?? '');
      if (image) {
        call.write('stdout', `Image is up to date for ${image.id}\n`);
        return { exitCode: 0 };
      }
      return refused(
        call,
        `pulling image: pulling ${operands[0] ?? ''} by hand is not simulated: a pod that needs it does`,
      );
    }),
  },
  rmi: {
    options: { flags: 'aq', long: { all: 'a', prune: 'q' } },
    *run(call, { given, operands }) {
      const { rows } = call.view;
      const node = call.machine ?? '';
      const used = new Set(containersOn(call).map(({ imageId }) => imageId));
      const all = rows.rowsBy('images', 'node', node);
      const chosen =
        given.has('a') || given.has('q')
          ? all.filter(({ id, names }) => !used.has(id) && !names.some((name) => name.includes('/pause:')))
          : operands.flatMap((name) => imageCalled(call, name) ?? []);
      for (const { id, names } of chosen) {
        for (const name of names) call.write('stdout', `Deleted: ${name}\n`);
        yield { type: 'ImageRemoved', node, id };
      }
      if (chosen.length === 0 && operands.length > 0) return notThere(call, 'image', operands[0] ?? '');
      return { exitCode: 0 };
    },
  },
  stopp: sandboxEnder('Stopped'),
  rmp: sandboxEnder('Removed'),
  config: {
    options: { flags: 'l', valued: 'gs', long: { get: 'g', set: 's', list: 'l' } },
    run: atOnce((call, { given }) => {
      const settings: Readonly<Record<string, string>> = {
        'runtime-endpoint': SOCKET,
        'image-endpoint': SOCKET,
        timeout: '10',
        debug: 'false',
      };
      const name = given.get('g');
      if (name !== undefined) call.write('stdout', `${settings[name] ?? ''}\n`);
      if (given.has('l'))
        for (const [key, value] of Object.entries(settings)) call.write('stdout', `${key}\t${value}\n`);
      return { exitCode: 0 };
    }),
  },
};

function notThere(call: Call, what: 'sandbox' | 'image', id: string): Outcome {
  if (what === 'image') return refused(call, `no such image "${id}" present`);
  return refused(
    call,
    `getting the status of the pod sandbox "${id}": rpc error: code = NotFound desc = an error occurred when try to find sandbox: not found`,
  );
}

function imageCalled({ view, machine = '' }: Call, name: string) {
  const images = view.rows.rowsBy('images', 'node', machine);
  return images.find(
    ({ id, names }) =>
      name !== '' &&
      (id.replace(/^sha256:/, '').startsWith(name.replace(/^sha256:/, '')) ||
        names.some(
          (each) =>
            each === name ||
            each === `docker.io/library/${name}` ||
            each === `docker.io/library/${name}:latest`,
        )),
  );
}

/** Of a sandbox that is stopped by hand its containers end; the kubelet makes it anew. */
function sandboxEnder(done: 'Stopped' | 'Removed'): Verb {
  return {
    options: { flags: 'fa', long: { force: 'f', all: 'a' } },
    *run(call, { given, operands }) {
      const all = sandboxesOn(call);
      const chosen = given.has('a')
        ? all
        : all.filter(({ id }) => operands.some((each) => each !== '' && id.startsWith(each)));
      for (const { id, pod, node } of chosen) {
        const rows = containersOn(call).filter(({ sandbox, exit }) => sandbox === id && exit === undefined);
        for (const row of rows) yield { type: 'SignalSent', node, pod, container: row.id, signal: 'KILL' };
        call.write('stdout', `${done} sandbox ${id}\n`);
      }
      return { exitCode: chosen.length > 0 || given.has('a') ? 0 : 1 };
    },
  };
}

function sandboxOf({ view }: Call, { id, pod, attempt, startedAt, stoppedAt, ip }: SandboxRow): object {
  const [namespace = '', name = '', uid = ''] = pod.split('/');
  return {
    status: {
      id,
      metadata: { attempt, name, namespace, uid },
      state: stoppedAt === undefined ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
      createdAt: formatRfc3339(view.settings.epochMs + startedAt),
      network: { additionalIps: [], ip: ip ?? '' },
      labels: podLabels(pod),
      runtimeHandler: '',
    },
  };
}

function infoOf({ view, machine = '', files }: Call): object {
  const node = view.objects.get<Node>('nodes', undefined, machine);
  const hasNetwork = Object.keys(files).some((path) => path.startsWith('/etc/cni/net.d/'));
  const version = node?.status?.nodeInfo?.containerRuntimeVersion?.replace(/^.*:\/\//, '') ?? '';
  return {
    status: {
      conditions: [
        { message: '', reason: '', status: true, type: 'RuntimeReady' },
        hasNetwork
          ? { message: '', reason: '', status: true, type: 'NetworkReady' }
          : {
              message: 'Network plugin returns error: cni plugin not initialized',
              reason: 'NetworkPluginNotReady',
              status: false,
              type: 'NetworkReady',
            },
      ],
    },
    cniconfig: {
      PluginDirs: ['/opt/cni/bin'],
      PluginConfDir: '/etc/cni/net.d',
      PluginMaxConfNum: 1,
      Prefix: 'eth',
    },
    config: {
      containerd: {
        snapshotter: 'overlayfs',
        defaultRuntimeName: 'runc',
        runtimes: { runc: { options: { SystemdCgroup: true } } },
      },
      containerdEndpoint: '/run/containerd/containerd.sock',
      rootDir: '/var/lib/containerd/io.containerd.grpc.v1.cri',
    },
    golang: 'go1.24.3',
    lastCNILoadStatus: hasNetwork
      ? 'OK'
      : 'cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized: failed to load cni config',
    containerdVersion: version,
  };
}
