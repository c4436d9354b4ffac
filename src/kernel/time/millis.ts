/**
 * Virtual milliseconds since the scenario's epoch: a whole, non-negative number. Every `at`, `now` and `…At`
 * in the log and in the world is one. Only what Kubernetes prints is converted to a date, by `rfc3339.ts`.
 */
export type Millis = number;

/** Milliseconds of common spans, so that no bare 1000 stands in a rule. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
