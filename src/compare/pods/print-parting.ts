import type { Alignment } from '../normal/align.ts';
import type { Stream } from './align-pod.ts';
import type { Happening } from './happenings.ts';
import type { PodPlay } from './pod-play.ts';
import { changedLeaves, containersOf, type PodState, stateWord } from './pod-states.ts';
import { transitionOf } from './transitions.ts';

/** How many elements are shown before and after the place where two sequences part. */
const AROUND = 5;
const COLUMN = 76;

/** Both sequences of states side by side, the first difference marked, and what differs in it. */
export function printStates(wanted: PodPlay, actual: PodPlay, alignment: Alignment): string {
  const line = ({ states }: PodPlay, index: number): string => {
    const state = states[index];
    return state ? `${time(state.atMs)} ${describeState(states[index - 1], state)}` : '';
  };
  const rows = sideBySide(alignment, {
    wanted: wanted.states.map((_, index) => line(wanted, index)),
    actual: actual.states.map((_, index) => line(actual, index)),
  });
  const { parting = { wanted: 0, actual: 0 } } = alignment;
  const [a, b] = [wanted.states[parting.wanted], actual.states[parting.actual]];
  const leaves = a && b ? changedLeaves(a, b) : [];
  const differing = leaves.map(([path, was, is]) => `    ${path}: wanted ${quote(was)}, is ${quote(is)}`);
  return [...rows, ...(a?.gone !== b?.gone ? ['    one of them is gone'] : []), ...differing].join('\n');
}

/** Both sequences of Events side by side, the first difference marked. */
export function printHappenings(wanted: Stream, actual: Stream, alignment: Alignment): string {
  const line = (one: Happening) =>
    `${time(one.atMs)} x${one.count} ${one.type} ${one.reason} ${one.by}: ${one.message}`;
  const rows = sideBySide(alignment, { wanted: wanted.stream.map(line), actual: actual.stream.map(line) });
  const { parting = { wanted: 0, actual: 0 } } = alignment;
  const [a, b] = [wanted.stream[parting.wanted], actual.stream[parting.actual]];
  const others = a && b && a.message === b.message ? restDifference(a, b) : [];
  return [
    ...rows,
    ...others,
    `    wanted ${a ? line(a) : 'no more'}`,
    `    is     ${b ? line(b) : 'no more'}`,
  ].join('\n');
}

function restDifference(a: Happening, b: Happening): readonly string[] {
  const [wanted, actual] = [a.rest.split('\n'), b.rest.split('\n')];
  return [
    ...wanted.filter((leaf) => !actual.includes(leaf)).map((leaf) => `    wanted ${leaf}`),
    ...actual.filter((leaf) => !wanted.includes(leaf)).map((leaf) => `    is     ${leaf}`),
  ];
}

interface Columns {
  readonly wanted: readonly string[];
  readonly actual: readonly string[];
}

function sideBySide({ pairs, parting }: Alignment, { wanted, actual }: Columns): readonly string[] {
  const rows: string[] = [row(' ', 'recorded', 'simulated')];
  let [i, j] = [0, 0];
  const begin = Math.max(0, pairs.length - AROUND);
  for (const [index, [a, b]] of pairs.entries()) {
    if (index >= begin) {
      for (; i < a; i++) rows.push(row(' ', wanted[i] ?? '', '(a race)'));
      for (; j < b; j++) rows.push(row(' ', '(a race)', actual[j] ?? ''));
      rows.push(row(' ', wanted[a] ?? '', actual[b] ?? ''));
    }
    [i, j] = [a + 1, b + 1];
  }
  if (begin > 0) rows.splice(1, 0, `  … ${begin} before`);
  for (let step = 0; step < AROUND; step++) {
    const [a, b] = [(parting?.wanted ?? i) + step, (parting?.actual ?? j) + step];
    if (wanted[a] !== undefined || actual[b] !== undefined)
      rows.push(row(step === 0 ? '>' : ' ', wanted[a] ?? '(no more)', actual[b] ?? '(no more)'));
  }
  return rows;
}

function row(mark: string, left: string, right: string): string {
  return `${mark} ${left.slice(0, COLUMN).padEnd(COLUMN)} | ${right.slice(0, COLUMN)}`.trimEnd();
}

export function describeState(before: PodState | undefined, state: PodState): string {
  const containers = containersOf(state).map(
    (status) => `${status.name}=${stateWord(status)}${status.ready ? '+' : ''} x${status.restartCount}`,
  );
  return `${transitionOf(before, state)}: ${state.pod.status?.phase ?? ''} ${containers.join(' ')}`;
}

function time(ms: number): string {
  return (ms / 1000).toFixed(3).padStart(8);
}

function quote(value: string): string {
  return value === '' ? 'nothing' : `\`${value}\``;
}
