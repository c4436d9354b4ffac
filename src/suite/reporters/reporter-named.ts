import type { Reporter, ReporterSetting } from '../report.ts';
import { dotReporter } from './dot.ts';
import { githubReporter } from './github.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { prettyReporter } from './pretty.ts';
import { tapReporter } from './tap.ts';

const REPORTERS = {
  pretty: prettyReporter,
  dot: dotReporter,
  json: jsonReporter,
  junit: junitReporter,
  tap: tapReporter,
  github: githubReporter,
} as const satisfies Readonly<Record<string, (setting: ReporterSetting) => Reporter>>;

export type ReporterName = keyof typeof REPORTERS;

export const REPORTER_NAMES = Object.keys(REPORTERS) as readonly ReporterName[];

export function isReporterName(name: string): name is ReporterName {
  return Object.hasOwn(REPORTERS, name);
}

export function reporterNamed(name: ReporterName, setting: ReporterSetting): Reporter {
  return REPORTERS[name](setting);
}
