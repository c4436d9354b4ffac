import { type Chance, draw } from '../../kernel/chance/draw.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { SYN_TRIES_MS } from './syn-tries.ts';
import type { Way } from './way-between.ts';

/** How much later a request arrives than on a way that is well, and how much more its answer is. */
export interface Late {
  readonly thereMs: Millis;
  readonly backMs: Millis;
}

export interface Exchange {
  /** Whose it is: what is drawn for it is drawn for nobody else. */
  readonly identity: readonly (string | number)[];
  /** The connection was open before. */
  readonly isOpen: boolean;
}

/**
 * TCP on such a way: a connection is asked for again after one, three, seven seconds; what is lost of an open
 * one is sent again after 200 ms, and after twice as long each time (Linux: TCP_RTO_MIN). Infinite where
 * nobody has so much patience.
 */
export function lateOnWay(way: Omit<Way, 'key'>, chance: Chance, { identity, isOpen }: Exchange): Late {
  const isLost = (rate: number, packet: string, tries: number): boolean =>
    rate > 0 && draw(chance, 'packet lost', ...identity, packet, tries) < rate;
  const again = (rate: number, packet: string): Millis => {
    let waited = 0;
    for (let tries = 0; tries < RETRIES; tries++) {
      if (!isLost(rate, packet, tries)) return waited;
      waited += RTO_MS * 2 ** tries;
    }
    return Number.POSITIVE_INFINITY;
  };
  const { lostThere, lostBack, thereMs, backMs } = way;
  const begun = SYN_TRIES_MS.find(
    (_, tries) => !isLost(lostThere, 'SYN', tries) && !isLost(lostBack, 'SYN-ACK', tries),
  );
  const handshakeMs = isOpen ? 0 : (begun ?? Number.POSITIVE_INFINITY) + thereMs + backMs;
  return {
    thereMs: handshakeMs + thereMs + again(lostThere, 'request'),
    backMs: backMs + again(lostBack, 'answer'),
  };
}

const RTO_MS = 200;

/** Linux: tcp_retries2. */
const RETRIES = 15;
