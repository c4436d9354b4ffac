import type { Millis } from '../../kernel/time/millis.ts';
import type { KubeVersion } from '../objects/versions.ts';

/** What a control plane is made of. */
export const PROGRAMS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;

export type ProgramName = (typeof PROGRAMS)[number];

/** Where each says how it is, unless its flags say otherwise. */
export const HEALTH_PORTS: Readonly<Record<ProgramName, number>> = {
  etcd: 2381,
  'kube-apiserver': 6443,
  'kube-controller-manager': 10_257,
  'kube-scheduler': 10_259,
};

/** A program of the control plane that runs on a machine, by `<program>/<node>`. */
export interface ProgramRow {
  readonly program: ProgramName;
  /**
   * Empty where the control plane is run elsewhere: such a row is there only once something happened to it.
   */
  readonly node: string;
  /** The ID of its container; empty where it runs elsewhere. */
  readonly container: string;
  readonly startedAt: Millis;
  /** The words that it was started with, its own name first. */
  readonly args: readonly string[];
  /** That of its image, where it is not the story's. */
  readonly version?: KubeVersion;
  /** Of those of which only one of many works: it is the one. */
  readonly leads?: true;
  /** Since when. */
  readonly leadsSince?: Millis;
  /** Only of one that runs elsewhere and was stopped before: since when. */
  readonly goneSince?: Millis;
  /** Only of one that runs elsewhere, whose row stays: it has been stopped. */
  readonly stoppedAt?: Millis;
  /** When it is started again by itself. */
  readonly until?: Millis;
}

export function programKey(program: ProgramName, node: string): string {
  return `${program}/${node}`;
}

/** Programs of the control plane come and go. */
export type ProgramEvent =
  | {
      /** It has begun to do its work: an API server answers, an etcd serves. */
      readonly type: 'ProgramStarted';
      readonly program: ProgramName;
      /** Empty where the control plane is run elsewhere. */
      readonly node: string;
      readonly container: string;
      readonly args: readonly string[];
    }
  | {
      readonly type: 'ProgramStopped';
      readonly program: ProgramName;
      readonly node: string;
      /** Of one that runs elsewhere: when it is started again by itself. */
      readonly until?: Millis;
    }
  /** It has taken the lead among its like. */
  | { readonly type: 'LeadershipTaken'; readonly program: ProgramName; readonly node: string };
