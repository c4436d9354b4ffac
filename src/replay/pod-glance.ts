import { derived } from '../cluster/objects/derived.ts';
import type { ContainerStatus, Pod } from '../cluster/objects/kubernetes.ts';
import { type ChangedFields, meets } from '../cluster/world/change-outline.ts';
import { fails, type PodState, stateOf } from './pod-state.ts';

/**
 * What of a pod its state is told from, in a few words and numbers: most updates of a pod only change one of
 * them, so that nobody need make the pod itself after each of a million updates.
 */
export interface PodGlance {
  readonly isEnding: boolean;
  readonly phase: string;
  /** The place of the condition `Ready` among the conditions; -1 for none. */
  readonly readyAt: number;
  isReady: boolean;
  /** How many containers tell their state, and which of them fail: a bit each. */
  readonly init: number;
  readonly main: number;
  initFails: number;
  mainFails: number;
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

/** Undefined for a pod with more than fits. */
export function glanceAt({ metadata, status }: Pod): PodGlance | undefined {
  const { phase = '', conditions = [], initContainerStatuses = [], containerStatuses = [] } = status ?? {};
  if (Math.max(initContainerStatuses.length, containerStatuses.length) > MOST_CONTAINERS) return undefined;
  const readyAt = conditions.findIndex(({ type }) => type === 'Ready');
  return {
    isEnding: metadata.deletionTimestamp !== undefined,
    phase,
    readyAt,
    isReady: conditions[readyAt]?.status === 'True',
    init: initContainerStatuses.length,
    main: containerStatuses.length,
    initFails: failing(initContainerStatuses),
    mainFails: failing(containerStatuses),
  };
}

function failing(containers: readonly ContainerStatus[]): number {
  return containers.reduce((bits, container, index) => bits | (fails(container) ? 1 << index : 0), 0);
}

export function glancedState({ isEnding, phase, isReady, initFails, mainFails }: PodGlance): PodState {
  return stateOf({ isEnding, phase, isFailing: (initFails | mainFails) !== 0, isReady });
}

/** What an update asks about a pod, field by field. */
type Question =
  | { readonly asked: 'is true'; readonly condition: number }
  | { readonly asked: 'fails'; readonly isInit: boolean; readonly container: number };

/** Undefined for an update after which only the pod itself tells how it is. */
const questionsOf = derived(({ set, unset }: ChangedFields): readonly Question[] | undefined => {
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
});

/** Two bits each fit into a number. */
export const MOST_QUESTIONS = 15;

/** Whether a glance tells how the pod is after an update whose answers, two bits each, are given. */
export function isGlanceEnough({ init, main }: PodGlance, fields: ChangedFields, answers: number): boolean {
  const questions = questionsOf(fields);
  if (!questions) return false;
  for (let index = 0; index < questions.length; index++) {
    const question = questions[index] as Question;
    if (((answers >> (2 * index)) & 3) === UNTOLD) return false;
    if (question.asked === 'fails' && question.container >= (question.isInit ? init : main)) return false;
  }
  return true;
}

/** Goes on to the pod after such an update; whether it changed anything. */
export function glanceOn(glance: PodGlance, fields: ChangedFields, answers: number): boolean {
  const questions = questionsOf(fields) ?? [];
  for (let index = 0; index < questions.length; index++) {
    const question = questions[index] as Question;
    const isYes = ((answers >> (2 * index)) & 3) === YES;
    if (question.asked === 'is true') {
      if (question.condition === glance.readyAt) glance.isReady = isYes;
      continue;
    }
    const bit = 1 << question.container;
    const before = question.isInit ? glance.initFails : glance.mainFails;
    const after = isYes ? before | bit : before & ~bit;
    if (question.isInit) glance.initFails = after;
    else glance.mainFails = after;
  }
  return questions.length > 0;
}
