import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import { type EtcdSeries, etcdSeries, etcdVersion } from '../../etcd/etcd-version.ts';
import type { Call, Ended, Outcome } from '../program.ts';

export type OutputFormat = 'simple' | 'json' | 'fields' | 'table';

/** One command of etcdctl or etcdutl that has been read, and whom it was typed to. */
export interface Asking {
  readonly call: Call;
  readonly series: EtcdSeries;
  /** `3.6.8` */
  readonly version: string;
  readonly operands: readonly string[];
  readonly format: OutputFormat;
  readonly isHex: boolean;
  /** A flag's value, its default included. */
  flag(name: string): string;
  isSet(name: string): boolean;
  /** What it found out before it had to wait. */
  readonly memory: Memory;
  out(text: string): void;
  err(text: string): void;
}

export type Answer = Generator<Deed, Outcome, Response>;

/** Plain JSON; each command has its own. */
export interface Memory {
  /** When what is under way was begun. */
  readonly since?: number;
  readonly [more: string]: unknown;
}

/** cobrautl.ExitWithError */
export function fail({ err }: Pick<Asking, 'err'>, message: string, exitCode = 1): Ended {
  err(`Error: ${message}\n`);
  return { exitCode };
}

/** The arguments are wrong. */
export const BAD_ARGS = 128;
/** A flag has a value that it can't have. */
export const BAD_FEATURE = 4;

export function versionsOf({ view }: Call): { readonly series: EtcdSeries; readonly version: string } {
  const { version } = view.settings;
  return { series: etcdSeries(version), version: etcdVersion(version) };
}
