import type { TrafficDocument } from '../scenario/language/schema/traffic-schema.ts';
import type { TrafficFigures } from '../scenario/traffic-figures.ts';

/** What a client asks for: where, and how often. */
export type TrafficOptions = Omit<TrafficDocument, 'client' | 'stop' | 'to' | 'rate'> & {
  /** `http://web/path`, `http://node-1:30080`. */
  readonly to: string;
  /** Requests a second. */
  readonly rate: number;
  /** What it is called. Default: `client`, and `client-2` for the next. */
  readonly client?: string;
};

/** A client that goes on asking. */
export interface Traffic {
  readonly client: string;
  /** What became of its requests: since it started, or since the step began that was told last. */
  figures(since?: 'start' | 'step'): TrafficFigures;
  /** It sends no more. What is under way goes on. */
  stop(): void;
}
