import type { Millis } from '../../kernel/time/millis.ts';
import type { Event } from './event.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';

/** The stages that a request to the API server goes through, in their order. */
export const STAGES = [
  'authenticate',
  'authorize',
  'decode',
  'mutate',
  'validate',
  'admit',
  'store',
] as const;
export type Stage = (typeof STAGES)[number];

/** What a stage makes of a request; of one that only lets it pass, nothing but that it was asked. */
export interface StageTold {
  readonly stage: Stage;
  /** The part of it that speaks: a plugin of admission. */
  readonly by?: string;
  readonly says?: string;
  /** Fields that it has set or changed, as JSON pointers. */
  readonly changes?: readonly string[];
}

/** Who asks, and when: the request's user is its actor. */
export interface RequestContext {
  readonly actor: string;
  readonly at: Millis;
  /** Is told of each stage, where somebody wants to know; the decision is the same. */
  readonly tell?: (told: StageTold) => void;
}

/** A request decided: what it changes, and what is answered. */
export interface Decision {
  readonly events: readonly Event[];
  readonly response: Response;
}

/** The API server as the rest of the cluster meets it. */
export type Decide<World> = (world: World, request: Request, context: RequestContext) => Decision;
