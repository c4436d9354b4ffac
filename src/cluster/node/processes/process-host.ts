import type { Millis } from '../../../kernel/time/millis.ts';
import type { NetworkRequest } from '../../contract/network-request.ts';
import type { FileNode } from '../images/file-node.ts';
import type { ImageBehaviour } from '../images/image-definition.ts';
import type { SignalName } from './signals.ts';

/** What a process can see of where it runs. All of it is read only; what it changes comes back as effects. */
export interface ProcessHost {
  /**
   * The container's files by absolute path: mounts, and what differs from the image's own. Directories that
   * have something in them may be left out.
   */
  readonly files: Readonly<Record<string, FileNode>>;
  /** Mount points; below the deepest that fits a path, its `readOnly` decides. */
  readonly mounts?: readonly Mount[];
  readonly image: ImageBehaviour;
  /** Milliseconds since 1970-01-01 UTC at virtual time 0. */
  readonly epochMs: number;
  readonly hostname: string;
  /** The pod's address. */
  readonly ip?: string;
  /** Of the user it runs as: 0 unless the image or the pod says otherwise. */
  readonly uid?: number;
  readonly gid?: number;
  /** Ports that others of the pod listen on. */
  readonly portsTaken?: readonly number[];
  /** `containerPort`s that the pod declares, on which a program that nothing is known of listens. */
  /** Its container is meant to end: it is one of a Job's, or others wait for it. */
  readonly isToEnd?: boolean;
  /** It may change the kernel's parameters. */
  readonly isPrivileged?: boolean;
  readonly declaredPorts?: readonly number[];
  /** Processes of the container outside of this state, for `ps` and `kill`. */
  others?(): readonly ListedProcess[];
  readonly limits?: { readonly cpus?: number; readonly memoryBytes?: number };
  /** A keyed draw in [0, 1): the same for the same counter. */
  draw(counter: number): number;
}

export interface Mount {
  readonly path: string;
  readonly readOnly: boolean;
}

export interface ListedProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly startedAt: Millis;
}

/** What a process did, in order. */
export type Effect =
  | {
      readonly type: 'Printed';
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
      readonly toPid1?: true;
    }
  /** Created, replaced, or its mode or time changed. */
  | { readonly type: 'FileWritten'; readonly path: string; readonly node: FileNode }
  | {
      readonly type: 'FileAppended';
      readonly path: string;
      readonly text: string;
      readonly modifiedAt: Millis;
    }
  /** One file, link or empty directory. */
  | { readonly type: 'FileRemoved'; readonly path: string }
  | { readonly type: 'PortOpened' | 'PortClosed'; readonly port: number }
  | { readonly type: 'RequestSent'; readonly id: string; readonly request: NetworkRequest }
  /** To a process of the container outside of this state. */
  | { readonly type: 'SignalSent'; readonly pid: number; readonly signal: SignalName }
  /** A Secret in its pod's namespace, made by the rights of the pod's account. */
  | { readonly type: 'SecretMade'; readonly name: string; readonly data: Readonly<Record<string, string>> }
  /** Something that is not simulated was met. */
  | { readonly type: 'NoticeGiven'; readonly message: string };
