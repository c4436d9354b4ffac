import type { Component } from '../contract/component.ts';
import type { PodWorkerRow } from '../contract/pod-worker-row.ts';
import type { RowReader } from '../contract/reader.ts';
import { type ClusterSettings, hasOwnControlPlane } from '../contract/settings.ts';
import { settingsIn } from '../contract/settings-in.ts';
import { derived } from '../objects/derived.ts';
import { imageVersion, type KubeVersion } from '../objects/versions.ts';
import { leaderOf } from './control-plane.ts';
import { installedKubelet, serverVersion } from './installs.ts';

/** An actor whose program somebody may bring to another version. */
export interface Versioned {
  readonly component: Component;
  /** The machine, of an actor of which each has its own. */
  readonly node: string;
}

/** Undefined for those whose version is always the story's. */
export function versionedActor(component: Component | undefined, actor: string): Versioned | undefined {
  if (component?.program === undefined && component?.versionOf === undefined) return undefined;
  return { component, node: actor.slice(component.name.length + 1) };
}

/** The settings as the program that an actor is part of reads them, in the version that runs. */
export function ownSettings(
  rows: RowReader,
  settings: ClusterSettings,
  versioned: Versioned,
): ClusterSettings {
  const version = ownVersion(rows, settings, versioned);
  return version === undefined ? settings : settingsIn(settings, version);
}

function ownVersion(
  rows: RowReader,
  settings: ClusterSettings,
  { component: { program, versionOf }, node }: Versioned,
): KubeVersion | undefined {
  if (versionOf === 'kubelet') return installedKubelet(rows, node);
  if (!hasOwnControlPlane(settings)) return undefined;
  if (versionOf === 'kube-proxy') return proxyVersion(rows.rowsBy('podWorkers', 'node', node));
  if (program === 'kube-controller-manager' || program === 'kube-scheduler')
    return leaderOf(rows, program)?.version;
  return serverVersion(rows, settings);
}

/** That of the image of the kube-proxy among the pods of a machine. */
const proxyVersion = derived((workers: readonly PodWorkerRow[]): KubeVersion | undefined => {
  for (const { namespace, pod } of workers) {
    const [first] = pod.spec.containers;
    if (namespace === 'kube-system' && first?.name === 'kube-proxy') return imageVersion(first.image ?? '');
  }
  return undefined;
});
