import type { Millis } from '../../kernel/time/millis.ts';
import type { KubeletFailure } from './kubelet-row.ts';

/** What has been installed on a machine, and which of its services run, where that is not as at the start. */
export interface InstallRow {
  readonly node: string;
  /** Versions of packages (`kubelet`: `1.36.1`) that are other than the cluster's. */
  readonly packages: Readonly<Record<string, string>>;
  /** Packages that `apt-get upgrade` leaves alone; absent: as kubeadm's own instructions have it. */
  readonly held?: readonly string[];
  /** The version of the kubelet that runs, which is that of its package when it started. */
  readonly kubelet?: string;
  /** Services that are not started when the machine boots. */
  readonly disabled: readonly string[];
  /** Services besides the kubelet that were stopped, or started again. */
  readonly services: Readonly<Record<string, ServiceState>>;
  /** What systemd did, as its journal has it. */
  readonly journal: readonly JournalLine[];
}

export interface ServiceState {
  readonly runs: boolean;
  readonly since: Millis;
}

export interface JournalLine {
  readonly at: Millis;
  readonly service: string;
  readonly did: 'started' | 'stopped' | 'failed';
  /** Why it has ended by itself. */
  readonly failure?: KubeletFailure;
}

/** Somebody installed something on a machine, or gave its systemd an order. */
export type InstallEvent =
  | {
      readonly type: 'PackagesInstalled';
      readonly node: string;
      readonly packages: Readonly<Record<string, string>>;
    }
  | { readonly type: 'PackagesHeld'; readonly node: string; readonly held: readonly string[] }
  /** One other than the kubelet, whose starts and stops are facts of their own. */
  | {
      readonly type: 'ServiceStarted' | 'ServiceStopped';
      readonly node: string;
      readonly service: string;
    }
  /** Whether it is started when the machine boots. */
  | {
      readonly type: 'ServiceEnabled' | 'ServiceDisabled';
      readonly node: string;
      readonly service: string;
    };
