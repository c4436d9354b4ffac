import { LOG_FORMAT_VERSION, type LogHeader } from '../kernel/log/log-format.ts';
import type { Scenario } from './scenario.ts';

/** The first line of the log of a run of a scenario. */
export function logHeaderOf({ name, digest }: Scenario, seed: string, product: string): LogHeader {
  return { kubereel: 'log', formatVersion: LOG_FORMAT_VERSION, product, seed, scenario: { name, digest } };
}
