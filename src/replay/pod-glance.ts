import type { ContainerStatus, Pod } from '../cluster/objects/kubernetes.ts';
import { type ChangedFields, meets } from '../cluster/world/change-outline.ts';
import { fails, type PodState, stateOf } from './pod-state.ts';

/**
 * What of pods their state is told from, in a few numbers each: most updates of a pod only change one of
 * them, so that nobody need make the pod itself after each of a million updates. All that is known of one
 * lies together, because to find it in memory takes longer than anything that is done with it.
 */
export interface PodGlances {
  /** Takes a pod as it is, under a number from 0 on. */
  put(row: number, pod: Pod): void;
  /** Nothing is known of it any more. */
  forget(row: number): void;
  isKnown(row: number): boolean;
  /** Whether they tell how a pod is after an update whose answers, two bits each, are given. */
  isEnough(row: number, fields: ChangedFields, answers: number): boolean;
  /**
   * Goes on to the pod after such an update; whether it is in another state now, or ready where it was not.
   */
  goOn(row: number, fields: ChangedFields, answers: number): boolean;
  stateOf(row: number): PodState;
  isReady(row: number): boolean;
}

/** What is asked of the value that an update sets a field to. */
export type Asked = 'is true' | 'fails';

/** No, yes, or that it takes the whole pod to tell. */
export const NO = 0;
export const YES = 1;
export const UNTOLD = 2;

const STATUS = /^\/status\/conditions\/(\d+)\/status$/;
const STATE = /^\/status\/(initContainerStatuses|containerStatuses)\/(\d+)\/state$/;

/** What of a pod its state is told from; `/spec` is what it asks for. */
const TOLD_FROM = [
  '/metadata/deletionTimestamp',
  '/metadata/name',
  '/spec',
  '/status/phase',
  '/status/conditions',
  '/status/initContainerStatuses',
  '/status/containerStatuses',
];

/** Of containers and conditions, what nothing is told from. */
const BESIDE =
  /^\/status\/(?:conditions\/\d+\/(?:last\w+|message|reason|observedGeneration)|(?:initContainerStatuses|containerStatuses)\/\d+\/(?!state(?:\/|$))\w+(?:\/.*)?|(?:initContainerStatuses|containerStatuses)\/\d+\/state\/running\/startedAt)$/;

/** More bits than this are no number. */
const MOST_CONTAINERS = 30;

/** What is asked of a field that an update sets; undefined for most. */
export function askedOf(resource: string, pointer: string): Asked | undefined {
  if (resource !== 'pods') return undefined;
  if (STATUS.test(pointer)) return 'is true';
  return STATE.test(pointer) ? 'fails' : undefined;
}

/** The answer that a field's value, as JSON, gives. */
export function answerTo(asked: Asked, json: string): typeof NO | typeof YES | typeof UNTOLD {
  if (asked === 'is true') return json === '"True"' ? YES : NO;
  if (RUNNING.test(json)) return NO;
  const state = JSON.parse(json) as ContainerStatus['state'] | null;
  if (typeof state !== 'object' || state === null) return UNTOLD;
  return fails({ state } as ContainerStatus) ? YES : NO;
}

const RUNNING = /^\{"running":\{"startedAt":"[\w:.-]*"\}\}$/;

/** The numbers of a pod, one after another. */
const PLACES = { flags: 0, readyAt: 1, init: 2, main: 3, initFails: 4, mainFails: 5, size: 8 } as const;
const KNOWN = 1;
const READY = 2;
const ENDING = 4;
/** The phase stands above the flags. */
const PHASE = 8;
const PHASES = ['', 'Running', 'Succeeded', 'Failed'] as const;

export function createPodGlances(): PodGlances {
  let numbers = new Int32Array(FIRST_PODS * PLACES.size);
  const questions: (readonly Question[] | null)[] = [];
  const asksOf = (fields: ChangedFields): readonly Question[] | null => {
    let asked = questions[fields.id];
    if (asked === undefined) {
      asked = questionsOf(fields) ?? null;
      questions[fields.id] = asked;
    }
    return asked;
  };
  return {
    put(row, pod) {
      const at = row * PLACES.size;
      if (at >= numbers.length) {
        const more = new Int32Array(2 * at);
        more.set(numbers);
        numbers = more;
      }
      putAt(numbers, at, pod);
    },
    forget(row) {
      if (row * PLACES.size < numbers.length) numbers[row * PLACES.size] = 0;
    },
    isKnown: (row) => ((numbers[row * PLACES.size] ?? 0) & KNOWN) !== 0,
    isEnough(row, fields, answers) {
      const asked = asksOf(fields);
      return asked !== null && isToldOf(numbers, row * PLACES.size, { asked, answers });
    },
    goOn(row, fields, answers) {
      const asked = asksOf(fields);
      if (!asked || asked.length === 0) return false;
      const at = row * PLACES.size;
      const [flags, before] = [numbers[at] as number, stateAt(numbers, at)];
      answerAt(numbers, at, { asked, answers });
      return numbers[at] !== flags || stateAt(numbers, at) !== before;
    },
    stateOf: (row) => stateAt(numbers, row * PLACES.size),
    isReady: (row) => ((numbers[row * PLACES.size] as number) & READY) !== 0,
  };
}

/** Nothing of a pod with more containers than fit. */
function putAt(numbers: Int32Array, at: number, { metadata, status }: Pod): void {
  const { phase = '', conditions = [], initContainerStatuses = [], containerStatuses = [] } = status ?? {};
  if (Math.max(initContainerStatuses.length, containerStatuses.length) > MOST_CONTAINERS) return;
  const readyAt = conditions.findIndex(({ type }) => type === 'Ready');
  numbers[at] =
    KNOWN +
    (conditions[readyAt]?.status === 'True' ? READY : 0) +
    (metadata.deletionTimestamp === undefined ? 0 : ENDING) +
    PHASE * Math.max(0, PHASES.indexOf(phase as (typeof PHASES)[number]));
  numbers[at + PLACES.readyAt] = readyAt;
  numbers[at + PLACES.init] = initContainerStatuses.length;
  numbers[at + PLACES.main] = containerStatuses.length;
  numbers[at + PLACES.initFails] = failing(initContainerStatuses);
  numbers[at + PLACES.mainFails] = failing(containerStatuses);
}

function stateAt(numbers: Int32Array, at: number): PodState {
  const flags = numbers[at] as number;
  const failures = (numbers[at + PLACES.initFails] as number) | (numbers[at + PLACES.mainFails] as number);
  return stateOf({
    isEnding: (flags & ENDING) !== 0,
    phase: PHASES[Math.floor(flags / PHASE)] ?? '',
    isFailing: failures !== 0,
    isReady: (flags & READY) !== 0,
  });
}

interface Answered {
  readonly asked: readonly Question[];
  readonly answers: number;
}

function isToldOf(numbers: Int32Array, at: number, { asked, answers }: Answered): boolean {
  for (let index = 0; index < asked.length; index++) {
    const question = asked[index] as Question;
    if (((answers >> (2 * index)) & 3) === UNTOLD) return false;
    if (question.asked === 'is true') continue;
    const count = numbers[at + (question.isInit ? PLACES.init : PLACES.main)] as number;
    if (question.container >= count) return false;
  }
  return true;
}

function answerAt(numbers: Int32Array, at: number, { asked, answers }: Answered): void {
  for (let index = 0; index < asked.length; index++) {
    const question = asked[index] as Question;
    const isYes = ((answers >> (2 * index)) & 3) === YES;
    if (question.asked === 'is true' && question.condition !== numbers[at + PLACES.readyAt]) continue;
    const list = question.asked === 'is true' ? 0 : question.isInit ? PLACES.initFails : PLACES.mainFails;
    const bit = question.asked === 'is true' ? READY : 1 << question.container;
    const bits = numbers[at + list] as number;
    numbers[at + list] = isYes ? bits | bit : bits & ~bit;
  }
}

const FIRST_PODS = 1 << 10;

function failing(containers: readonly ContainerStatus[]): number {
  return containers.reduce((bits, container, index) => bits | (fails(container) ? 1 << index : 0), 0);
}

/** What an update asks about a pod, field by field. */
type Question =
  | { readonly asked: 'is true'; readonly condition: number }
  | { readonly asked: 'fails'; readonly isInit: boolean; readonly container: number };

/** Undefined for an update after which only the pod itself tells how it is. */
function questionsOf({ set, unset }: ChangedFields): readonly Question[] | undefined {
  const isTelling = (pointer: string): boolean => TOLD_FROM.some((field) => meets(pointer, field));
  if (unset.some(isTelling)) return undefined;
  const questions: Question[] = [];
  for (const pointer of set) {
    const condition = STATUS.exec(pointer)?.[1];
    const [, list, container] = STATE.exec(pointer) ?? [];
    if (condition !== undefined) questions.push({ asked: 'is true', condition: Number(condition) });
    else if (container !== undefined)
      questions.push({
        asked: 'fails',
        isInit: list === 'initContainerStatuses',
        container: Number(container),
      });
    else if (isTelling(pointer) && !BESIDE.test(pointer)) return undefined;
  }
  return questions.length > MOST_QUESTIONS ? undefined : questions;
}

/** Two bits each fit into a number. */
export const MOST_QUESTIONS = 15;
