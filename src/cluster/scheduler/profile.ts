import type { PluginSet, SchedulerProfile } from '../contract/scheduler-settings.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { derived } from '../objects/derived.ts';
import { inVersion, type KubeVersion } from '../objects/versions.ts';
import type { Profile } from './framework.ts';
import { PLUGIN_NAMES } from './plugin-names.ts';
import { filters, PREEMPTION, scores } from './plugins.ts';

const DEFAULT_PROFILE: SchedulerProfile = { schedulerName: 'default-scheduler' };

/** The profiles of a cluster by the names that pods call them by. */
export const profilesOf = derived((settings: ClusterSettings): ReadonlyMap<string, Profile> => {
  const { scheduler, version } = settings;
  const profiles = scheduler?.profiles ?? [DEFAULT_PROFILE];
  return new Map(
    profiles.map((profile) => {
      const percentage = profile.percentageOfNodesToScore ?? scheduler?.percentageOfNodesToScore ?? 0;
      return [profile.schedulerName, profileOf(profile, percentage, version)];
    }),
  );
});

export function profileOf(profile: SchedulerProfile, percentage: number, version: KubeVersion): Profile {
  const { schedulerName, plugins = {}, pluginConfig = {} } = profile;
  const named = new Map(scores.map((score) => [score.name, score]));
  const everywhere = defaultsWith(plugins.multiPoint);
  const weighed = pluginsAt(plugins.score, everywhere, (name) => named.has(name));
  return {
    schedulerName,
    percentageOfNodesToScore: percentage,
    filters: pluginsAt(plugins.filter, everywhere, (name) =>
      filters.some((each) => each.name === name),
    ).flatMap(({ name }) => filters.find((each) => each.name === name) ?? []),
    scores: weighed.flatMap(({ name, weight }) => {
      const score = named.get(name);
      return score ? { score, weight: weight || inVersion(score.weight, version) } : [];
    }),
    preempts: pluginsAt(plugins.postFilter, everywhere, (name) => name === PREEMPTION).length > 0,
    args: pluginConfig,
  };
}

interface Enabled {
  readonly name: string;
  /** Undefined for Kubernetes' own. */
  readonly weight?: number;
}

/** All plugins that there are, in Kubernetes' order. */
const DEFAULTS: readonly Enabled[] = PLUGIN_NAMES.map((name) => ({ name }));

/**
 * What is enabled at all extension points at once (apis/config/v1/default_plugins.go mergePluginSet): one
 * that is named again stays at its place.
 */
function defaultsWith({ enabled = [], disabled = [] }: PluginSet = {}): readonly Enabled[] {
  const isOff = (name: string): boolean => disabled.some((each) => each.name === name || each.name === '*');
  const kept = DEFAULTS.filter(({ name }) => !isOff(name));
  const isKept = (name: string): boolean => kept.some((each) => each.name === name);
  return [
    ...kept.map((plugin) => enabled.find(({ name }) => name === plugin.name) ?? plugin),
    ...enabled.filter(({ name }) => !isKept(name)),
  ];
}

/**
 * What is enabled at one extension point: first those that are named for it and everywhere, then the others
 * that are enabled everywhere, then what is named for it alone (framework/runtime expandMultiPointPlugins).
 */
function pluginsAt(
  { enabled = [], disabled = [] }: PluginSet = {},
  everywhere: readonly Enabled[],
  isOfPoint: (name: string) => boolean,
): readonly Enabled[] {
  const own = enabled.filter(({ name }) => isOfPoint(name));
  const isOwn = (name: string): boolean => own.some((each) => each.name === name);
  const isOff = (name: string): boolean => disabled.some((each) => each.name === name);
  if (disabled.some(({ name }) => name === '*')) return own;
  const common = everywhere.filter(({ name }) => isOfPoint(name) && !isOff(name));
  const isCommon = (name: string): boolean => common.some((each) => each.name === name);
  return [
    ...own.filter(({ name }) => isCommon(name)),
    ...common.filter(({ name }) => !isOwn(name)),
    ...own.filter(({ name }) => !isCommon(name)),
  ];
}
