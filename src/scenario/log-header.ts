import { type BranchPoint, LOG_FORMAT_VERSION, type LogHeader } from '../kernel/log/log-format.ts';
import type { Scenario } from './scenario.ts';

/** What the run of a scenario is called among its branches. */
const MAIN = 'main';

/** The first line of the log of a run of a scenario. */
export function logHeaderOf({ name, digest, given }: Scenario, seed: string, product: string): LogHeader {
  const scenario = { name, digest, ...(given && { given }) };
  return { kubereel: 'log', formatVersion: LOG_FORMAT_VERSION, product, seed, scenario };
}

/** The first line of the log of a branch of a log. */
export function branchHeaderOf(parent: LogHeader, name: string, entry: number): LogHeader {
  const { branches = [] } = parent;
  const point: BranchPoint = { name, of: branches.at(-1)?.name ?? MAIN, entry };
  return { ...parent, branches: [...branches, point] };
}
