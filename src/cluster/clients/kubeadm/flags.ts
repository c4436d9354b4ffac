import type { Setup } from '../../kubeadm/setup.ts';
import { bool, type Flag, text } from '../flags/flag.ts';
import { type FlagValues, flagValues } from '../flags/flag-values.ts';
import { type FlagProblem, parseFlags } from '../flags/parse-flags.ts';

/** The flags and the other words of a kubeadm command. */
export interface Flags extends FlagValues {
  readonly operands: readonly string[];
  /** What a configuration file says, if one was given. */
  readonly setup?: Setup;
}

export type FlagReading = { readonly flags: Flags } | { readonly problem: FlagProblem };

/** Flags that nearly every command has. */
const COMMON = texts('kubeconfig', 'config', 'rootfs', 'v,v', 'cert-dir', 'kubeconfig-dir', 'patches');

export function readFlags(words: readonly string[], own: readonly Flag[]): FlagReading {
  const all = [...own, ...COMMON];
  const read = parseFlags(words, all);
  if ('problem' in read) return read;
  const { typed, args } = read.parsed;
  return { flags: { ...flagValues(all, typed), operands: args } };
}

/** Flags with a value. */
export function texts(...names: readonly string[]): readonly Flag[] {
  return names.map((name) => text(name));
}

/** Flags without, which are false unless they are given. */
export function bools(...names: readonly string[]): readonly Flag[] {
  return names.map((name) => bool(name));
}
