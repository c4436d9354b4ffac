import type { Millis } from '../../kernel/time/millis.ts';
import type { Event } from './event.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';

/** Who asks, and when: the request's user is its actor. */
export interface RequestContext {
  readonly actor: string;
  readonly at: Millis;
}

/** A request decided: what it changes, and what is answered. */
export interface Decision {
  readonly events: readonly Event[];
  readonly response: Response;
}

/** The API server as the rest of the cluster meets it. */
export type Decide<World> = (world: World, request: Request, context: RequestContext) => Decision;
