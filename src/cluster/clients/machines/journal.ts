import { drawWhole } from '../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { JournalLine } from '../../contract/install-row.ts';
import type { KubeletFailure } from '../../contract/kubelet-row.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { klogLine } from '../../objects/klog-line.ts';
import { formatKubeVersion } from '../../objects/versions.ts';
import { formatDate } from '../../tools/format-date.ts';
import { isServing } from '../../world/control-plane.ts';
import { installOf, kubeletVersion, runtimeRuns } from '../../world/installs.ts';
import { CONTROL_PLANE, reaches } from '../../world/reach.ts';
import type { Call } from '../program.ts';
import { pidOf, stateOfUnit, unitCalled } from './units.ts';

export interface JournalEntry {
  readonly at: Millis;
  /** A whole line, as journalctl shows it. */
  readonly text: string;
  readonly isError: boolean;
}

type Place = Pick<Call, 'view' | 'now'>;

/**
 * What the journal of a machine has of a service: that systemd started and stopped it, and of a kubelet what
 * it still knows of its pods. What a log in full would tell besides is in kubereel's own.
 */
export function journalOf(place: Place, node: string, service: string): readonly JournalEntry[] {
  const lines = [...systemdLines(place, node, service)];
  if (service === 'kubelet') lines.push(...kubeletLines(place, node));
  return lines.sort((a, b) => a.at - b.at);
}

interface Said {
  readonly at: Millis;
  readonly by: string;
  readonly text: string;
  readonly isError?: boolean;
}

function entryOf({ view }: Place, node: string, { at, by, text, isError = false }: Said): JournalEntry {
  const time = formatDate(view.settings.epochMs + at, '%b %d %H:%M:%S');
  return { at, isError, text: `${time} ${node} ${by}: ${text}` };
}

function* systemdLines(place: Place, node: string, service: string): Generator<JournalEntry> {
  const { view } = place;
  const unit = unitCalled(service);
  if (!unit) return;
  const what = `${unit.name}.service - ${unit.description}`;
  const said = (at: Millis, text: string) =>
    entryOf(place, node, { at, by: 'systemd[1]', text: `${text} ${what}.` });
  const journal = installOf(view.rows, node)?.journal.filter((line) => line.service === service) ?? [];
  // What ran when the story began was started once, too.
  const first = journal[0];
  if (first?.did !== 'started') {
    const { since } = stateOfUnit(view.rows, node, unit);
    yield said(
      first === undefined
        ? since
        : (view.settings.nodes.find(({ name }) => name === node)?.kubeletStartedAt ?? 0),
      'Started',
    );
  }
  for (const [index, { at, did, failure }] of journal.entries()) {
    if (did === 'started') {
      const restarts = restartsBefore(journal, index);
      if (restarts > 0)
        yield entryOf(place, node, {
          at,
          by: 'systemd[1]',
          text: `${unit.name}.service: Scheduled restart job, restart counter is at ${restarts}.`,
        });
      yield said(at, 'Started');
      continue;
    }
    if (failure) {
      yield* kubeletEnded(place, node, { at, failure });
      continue;
    }
    yield said(at, 'Stopping');
    yield entryOf(place, node, {
      at,
      by: 'systemd[1]',
      text: `${unit.name}.service: Deactivated successfully.`,
    });
    yield said(at, 'Stopped');
  }
}

/** How often systemd has started it again by itself until then. */
function restartsBefore(journal: readonly JournalLine[], index: number): number {
  let count = 0;
  for (let at = index - 1; journal[at]?.did === 'failed'; at -= 2) count += 1;
  return count;
}

interface Failed {
  readonly at: Millis;
  readonly failure: KubeletFailure;
}

/** Kubelet: cmd/kubelet/kubelet.go, component-base/cli/run.go; systemd: core/service.c, core/execute.c. */
function* kubeletEnded(place: Place, node: string, { at, failure }: Failed): Generator<JournalEntry> {
  const { exitCode, text } = failure;
  const { chance, settings } = place.view;
  const pid = pidOf(chance, node, 'kubelet', at);
  const systemd = (line: string): JournalEntry =>
    entryOf(place, node, { at, by: 'systemd[1]', text: `kubelet.service: ${line}`, isError: true });
  if (exitCode === 203) {
    const tried = (line: string): JournalEntry =>
      entryOf(place, node, { at, by: `(kubelet)[${pid}]`, text: `kubelet.service: ${line}`, isError: true });
    yield tried(`Failed to locate executable ${text}: No such file or directory`);
    yield tried(`Failed at step EXEC spawning ${text}: No such file or directory`);
  } else {
    const said = { epochMs: settings.epochMs + at, pid, text: `"command failed" err=${quoteGo(text)}` };
    yield entryOf(place, node, {
      at,
      by: `kubelet[${pid}]`,
      text: klogLine('E', 'run.go:72', said),
      isError: true,
    });
  }
  yield systemd(
    `Main process exited, code=exited, status=${exitCode}/${exitCode === 203 ? 'EXEC' : 'FAILURE'}`,
  );
  yield systemd("Failed with result 'exit-code'.");
}

/** A line of klog: level, date, process, place, message. */
interface Logged {
  readonly at: Millis;
  readonly level: 'I' | 'W' | 'E';
  /** `server.go:529` */
  readonly source: string;
  readonly text: string;
}

function* kubeletLines(place: Place, node: string): Generator<JournalEntry> {
  const { view, now } = place;
  const machine = view.rows.row('machines', node);
  if (!machine) return;
  const { since, running } = machine.kubelet;
  const pid = pidOf(view.chance, node, 'kubelet', since);
  for (const logged of [
    ...startLines(place, node, since),
    ...podLines(place, node),
    ...manifestLines(place, node),
    ...troubleLines(place, node),
  ]) {
    if (logged.at < since || logged.at > now || !running) continue;
    const { at, level, source, text } = logged;
    const line = klogLine(level, source, { epochMs: view.settings.epochMs + at, pid, text });
    yield entryOf(place, node, { at, by: `kubelet[${pid}]`, text: line, isError: level === 'E' });
  }
}

/** Kubelet: cmd/kubelet/app/server.go, pkg/kubelet/kubelet.go. */
function startLines({ view }: Place, node: string, since: Millis): readonly Logged[] {
  const version = formatKubeVersion(kubeletVersion(view.rows, view.settings, node));
  const said = (ms: Millis, source: string, text: string): Logged => ({
    at: since + ms,
    level: 'I',
    source,
    text,
  });
  const begun = said(0, 'server.go:529', `"Kubelet version" kubeletVersion="${version}"`);
  if (view.rows.row('machines', node)?.kubelet.bootstraps) return [begun, ...bootstrapLines(since)];
  return [
    begun,
    said(40, 'kubelet.go:2319', '"Starting kubelet main sync loop"'),
    said(90, 'kubelet_node_status.go:75', `"Attempting to register node" node="${node}"`),
    said(110, 'kubelet_node_status.go:78', `"Successfully registered node" node="${node}"`),
  ];
}

/** Kubelet: certificate/bootstrap/bootstrap.go; client-go: util/certificate/certificate_manager.go. */
function bootstrapLines(since: Millis): readonly Logged[] {
  const begins = '"Using bootstrap kubeconfig to generate TLS client cert, key and kubeconfig file"';
  const refused =
    '"Failed while requesting a signed certificate from the control plane" logger="kubernetes.io/kube-apiserver-client-kubelet.UnhandledError" ' +
    'err="cannot create certificate signing request: Unauthorized"';
  return [
    { at: since + 20, level: 'I', source: 'bootstrap.go:101', text: begins },
    { at: since + 2 * SECOND, level: 'E', source: 'certificate_manager.go:596', text: refused },
  ];
}

function* podLines(place: Place, node: string): Generator<Logged> {
  const { rows } = place.view;
  for (const worker of rows.rowsBy('podWorkers', 'node', node)) {
    const containers = rows.rowsBy('containers', 'pod', worker.key);
    yield* volumeLines(worker);
    const begun = containers.filter(({ attempt, startedAt }) => attempt === 0 && startedAt !== undefined);
    const last = Math.max(...begun.map(({ startedAt }) => startedAt ?? 0));
    if (begun.length > 0) {
      const seconds = (last - worker.seenAt) / 1000;
      const text = `"Observed pod startup duration" pod="${podName(worker)}" podStartE2EDuration="${seconds}s"`;
      yield { at: last, level: 'I', source: 'pod_startup_latency_tracker.go:104', text };
    }
    yield* failureLines(worker, containers);
  }
}

function podName({ namespace, name }: PodWorkerRow): string {
  return `${namespace}/${name}`;
}

/** Kubelet: volumemanager/reconciler/reconciler_common.go. */
function* volumeLines({ pod, seenAt, uid, namespace, name }: PodWorkerRow): Generator<Logged> {
  for (const volume of pod.spec.volumes ?? []) {
    const kind = Object.keys(volume).find((key) => key !== 'name') ?? 'emptyDir';
    const plugin = kind === 'hostPath' ? 'host-path' : kind.toLowerCase();
    const text =
      `"operationExecutor.VerifyControllerAttachedVolume started for volume \\"${volume.name}\\" ` +
      `(UniqueName: \\"kubernetes.io/${plugin}/${uid}-${volume.name}\\") pod \\"${name}\\" (UID: \\"${uid}\\") " ` +
      `pod="${namespace}/${name}"`;
    yield { at: seenAt, level: 'I', source: 'reconciler_common.go:251', text };
  }
}

/** What ended, and what does not start. Kubelet: pkg/kubelet/pod_workers.go, kuberuntime_manager.go. */
function* failureLines(worker: PodWorkerRow, containers: readonly ContainerRow[]): Generator<Logged> {
  const pod = `pod="${podName(worker)}" podUID="${worker.uid}"`;
  for (const { id, exit } of containers) {
    if (exit === undefined) continue;
    const data = `{"ID":"${worker.uid}","Type":"ContainerDied","Data":"${id}"}`;
    yield {
      at: exit.at,
      level: 'I',
      source: 'kubelet.go:2453',
      text: `"SyncLoop (PLEG): event for pod" pod="${podName(worker)}" event=${data}`,
    };
  }
  for (const [container, { reason, message }] of Object.entries(worker.reasons)) {
    const at = worker.lastSyncAt ?? worker.seenAt;
    const err = `failed to \\"StartContainer\\" for \\"${container}\\" with ${reason}: \\"${message.replaceAll('"', '\\\\\\"')}\\"`;
    yield {
      at,
      level: 'E',
      source: 'pod_workers.go:1324',
      text: `"Error syncing pod, skipping" err="${err}" ${pod}`,
    };
  }
}

/** What stands in its way now. Kubelet: nodelease (component-helpers lease/controller.go), kubelet.go. */
/** So often the kubelet reads all manifests, and says again of which it can make nothing. */
const MANIFESTS_MS = 20 * SECOND;
const REPEATS = 3;

/** Kubelet: config/file.go extractFromDir. */
function* manifestLines({ view, now }: Place, node: string): Generator<Logged> {
  for (const { path, problem, refusedAt } of view.rows.rowsBy('staticPods', 'node', node)) {
    if (problem === undefined || refusedAt === undefined) continue;
    const why = `${path}: couldn't parse as pod(${problem}), please check config file`;
    const text = `"Could not process manifest file" err=${quoteGo(why)} path=${quoteGo(path)}`;
    const looks = Math.floor((now - refusedAt) / MANIFESTS_MS);
    for (let look = Math.max(0, looks - REPEATS + 1); look <= looks; look++)
      yield { at: refusedAt + look * MANIFESTS_MS, level: 'E', source: 'file.go:187', text };
  }
}

function* troubleLines({ view, now }: Place, node: string): Generator<Logged> {
  const machine = view.rows.row('machines', node);
  const heard = machine !== undefined && reaches(machine, CONTROL_PLANE);
  if (!heard || !isServing(view.rows, view.settings)) {
    const server = `${serverIp(view)}:6443`;
    const why = heard ? 'connect: connection refused' : 'i/o timeout';
    const url = `https://${server}/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${node}?timeout=10s`;
    const err = `Get \\"${url}\\": dial tcp ${server}: ${why}`;
    const delay = drawWhole(view.chance, 1, 7, 'lease retry', node, Math.floor(now / 7000));
    const text = `"Failed to ensure lease exists, will retry" err="${err}" interval="${delay}s"`;
    yield { at: now, level: 'E', source: 'controller.go:145', text };
  }
  if (!runtimeRuns(view.rows, node)) {
    const text =
      '"Container runtime sanity check failed" err="rpc error: code = Unavailable desc = connection error: ' +
      'desc = \\"transport: Error while dialing: dial unix /var/run/containerd/containerd.sock: connect: connection refused\\""';
    yield { at: now, level: 'E', source: 'kubelet.go:3082', text };
  }
}

/**
 * Where the API server is: on the first control-plane machine, or at the address of one that is run
 * elsewhere.
 */
function serverIp({ rows, settings }: Place['view']): string {
  const node = settings.nodes.find(({ controlPlane }) => controlPlane)?.name;
  return (node === undefined ? undefined : rows.row('machines', node)?.ip) ?? '10.99.0.254';
}
