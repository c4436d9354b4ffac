import type { Millis } from '../../kernel/time/millis.ts';

/** When a connection that meets silence is asked for, since the first time (Linux: tcp_syn_retries, 6). */
export const SYN_TRIES_MS: readonly Millis[] = [0, 1000, 3000, 7000, 15_000, 31_000, 63_000];
