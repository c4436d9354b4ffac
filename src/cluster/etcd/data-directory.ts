import { drawUuid } from '../../kernel/chance/draw.ts';
import type { View } from '../contract/component.ts';
import type { ProgramRow } from '../contract/control-plane-rows.ts';
import type { EtcdData, EtcdEvent, EtcdPeer } from '../contract/etcd-rows.ts';
import { fileKey, hostFileSystem } from '../contract/file-key.ts';
import type { RowReader } from '../contract/reader.ts';
import { isObject } from '../objects/json.ts';
import type { Container, Pod } from '../objects/kubernetes.ts';
import { flagOf } from '../tools/flag-of.ts';
import { databaseOf } from '../world/evolve-etcd.ts';
import { CLUSTER_TOKEN, clusterIdOf, memberIdOf } from './etcd-ids.ts';
import { etcdRow } from './membership.ts';

type EtcdStarted = Extract<EtcdEvent, { type: 'EtcdStarted' }>;

/**
 * An etcd starts on its data directory: it is the member that the directory says, or, where nothing is there,
 * a new one as its flags say.
 */
export function openDirectory(view: View, program: ProgramRow): EtcdStarted {
  const { rows } = view;
  const { node } = program;
  const path = directoryOf(rows, program);
  const flags = flagsOf(program.args);
  const found = dataIn(rows, node, databaseOf(path));
  const now = revisionNow(rows);
  const own = { type: 'EtcdStarted', node, path, ...quotaOf(flags) } as const;
  if (found?.id === undefined || found.etcd !== 'data') {
    const made = newMember(view, flags);
    return { ...own, ...made, held: { seq: 0, revision: 1 } };
  }
  const { clusterId, history, id, members = [], held = now } = found;
  return {
    ...own,
    clusterId,
    history,
    id,
    held,
    members: members.map((peer) => (peer.id === id ? named(peer, flags) : peer)),
  };
}

/** The members of a cluster whose programs have run for as long as the log tells. */
export function clusterFormed(programs: readonly ProgramRow[]): Extract<EtcdEvent, { type: 'EtcdFormed' }> {
  const members = programs.map(({ node, args }) => {
    const flags = flagsOf(args);
    const token = flags('initial-cluster-token') ?? CLUSTER_TOKEN;
    const peerUrls = (flags('initial-advertise-peer-urls') ?? 'http://localhost:2380').split(',');
    const peer = { id: memberIdOf(peerUrls, token), name: node, peerUrls, clientUrls: [] };
    return { ...named(peer, flags), node, path: flags('data-dir') ?? DATA_DIRECTORY, ...quotaOf(flags) };
  });
  // kubeadm founds a cluster of one; the others have been added to it.
  return { type: 'EtcdFormed', clusterId: clusterIdOf(members.slice(0, 1).map(({ id }) => id)), members };
}

/** Where kubeadm has etcd keep its data. */
const DATA_DIRECTORY = '/var/lib/etcd';

/** The text of a file of an etcd, if it is one. */
export function parseEtcdData(text: string | undefined): EtcdData | undefined {
  if (text === undefined || !text.startsWith('{"etcd":')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? (value as unknown as EtcdData) : undefined;
  } catch {
    return undefined;
  }
}

function dataIn(rows: RowReader, node: string, path: string): EtcdData | undefined {
  const row = rows.row('files', fileKey({ fileSystem: hostFileSystem(node), path }));
  return row?.kind === 'file' ? parseEtcdData(row.content) : undefined;
}

function revisionNow(rows: RowReader): { readonly seq: number; readonly revision: number } {
  const revision = rows.row('counters', 'revision')?.value ?? 0;
  return { seq: rows.changedAt('counters', 'revision') ?? 0, revision };
}

type Flags = (name: string) => string | undefined;

function flagsOf(args: readonly string[]): Flags {
  return (name) => flagOf(args, name);
}

function quotaOf(flags: Flags): { readonly quota?: number } {
  const quota = Number(flags('quota-backend-bytes') ?? 0);
  return quota > 0 ? { quota } : {};
}

function named(peer: EtcdPeer, flags: Flags): EtcdPeer {
  const clientUrls = flags('advertise-client-urls')?.split(',') ?? peer.clientUrls;
  return { ...peer, name: flags('name') ?? 'default', clientUrls };
}

function newMember(
  { rows, chance }: View,
  flags: Flags,
): Pick<EtcdStarted, 'clusterId' | 'history' | 'id' | 'members'> {
  const token = flags('initial-cluster-token') ?? CLUSTER_TOKEN;
  const name = flags('name') ?? 'default';
  const members = peersOf(flags('initial-cluster') ?? `${name}=http://localhost:2380`, token);
  const own = members.find((peer) => peer.name === name);
  const id = own?.id ?? members[0]?.id ?? memberIdOf(['http://localhost:2380'], token);
  const live = etcdRow(rows);
  const clusterId = clusterIdOf(members.map((peer) => peer.id));
  // It asks those that are there who belongs to them, by the addresses of its peers.
  if (flags('initial-cluster-state') === 'existing' && live) {
    const urls = new Set(own?.peerUrls);
    const known = live.members.find(({ peerUrls }) => peerUrls.some((url) => urls.has(url)));
    if (known) {
      const all = live.members.map((peer) => (peer.id === known.id ? named(peer, flags) : peer));
      return { clusterId: live.clusterId, history: live.history, id: known.id, members: all };
    }
  }
  const history = drawUuid(chance, 'etcd history', clusterId, live?.history ?? '');
  return {
    clusterId,
    history,
    id,
    members: members.map((peer) => (peer.id === id ? named(peer, flags) : peer)),
  };
}

/** `--initial-cluster=cp-1=https://10.0.0.1:2380,cp-2=…`: a name may stand several times. */
export function peersOf(initialCluster: string, token: string): readonly EtcdPeer[] {
  const urls = new Map<string, string[]>();
  for (const part of initialCluster.split(',')) {
    const [name = '', url = ''] = part.trim().split(/=(.*)/s);
    urls.set(name, [...(urls.get(name) ?? []), url]);
  }
  return [...urls].map(([name, peerUrls]) => ({
    id: memberIdOf(peerUrls, token),
    name,
    peerUrls,
    clientUrls: [],
  }));
}

/** `--data-dir` as its machine knows it: what the pod mounts there from the machine. */
function directoryOf(rows: RowReader, { args, container }: ProgramRow): string {
  const path = flagsOf(args)('data-dir') ?? DATA_DIRECTORY;
  const row = rows.row('containers', container);
  const pod = row && rows.row('podWorkers', row.pod)?.pod;
  const spec = pod?.spec.containers.find(({ name }) => name === row?.name);
  return pod && spec ? onMachine(pod, spec, path) : path;
}

function onMachine(pod: Pod, { volumeMounts = [] }: Container, path: string): string {
  const within = volumeMounts.filter(
    ({ mountPath }) => path === mountPath || path.startsWith(`${mountPath.replace(/\/$/, '')}/`),
  );
  const [mount] = [...within].sort((a, b) => b.mountPath.length - a.mountPath.length);
  const volume = pod.spec.volumes?.find(({ name }) => name === mount?.name);
  if (mount === undefined || volume?.hostPath === undefined) return path;
  const rest = path.slice(mount.mountPath.replace(/\/$/, '').length);
  return `${volume.hostPath.path.replace(/\/$/, '')}${rest}`;
}
