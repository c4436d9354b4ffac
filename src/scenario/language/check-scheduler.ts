import { isSimulatedPlugin, OTHER_PLUGINS, PLUGIN_NAMES } from '../../cluster/scheduler/plugin-names.ts';
import type { Report } from './report.ts';
import type { SchedulerDocument } from './schema/scheduler-schema.ts';
import type { Path } from './span-at.ts';

type ProfileDocument = NonNullable<SchedulerDocument['profiles']>[number];

/** Reports what is wrong with the scheduler's configuration though its shape is right. */
export function checkScheduler({ profiles = [] }: SchedulerDocument, report: Report): void {
  const names = new Set<string>();
  for (const [index, profile] of profiles.entries()) {
    const path = ['cluster', 'scheduler', 'profiles', index];
    const { schedulerName } = profile;
    if (schedulerName === undefined && profiles.length > 1) {
      report('missing-key', path, {
        message: 'one of several profiles has no name',
        hint: 'add a schedulerName, by which pods ask for it',
      });
    } else if (names.has(schedulerName ?? '')) {
      report('duplicate-key', [...path, 'schedulerName'], {
        message: `there are two profiles called "${schedulerName}"`,
      });
    }
    names.add(schedulerName ?? '');
    checkPlugins(profile, path, report);
    checkArgs(profile, path, report);
  }
}

function checkPlugins({ plugins = {} }: ProfileDocument, path: Path, report: Report): void {
  for (const [point, set] of Object.entries(plugins)) {
    for (const list of ['enabled', 'disabled'] as const) {
      for (const [index, { name }] of (set?.[list] ?? []).entries()) {
        if (isSimulatedPlugin(name) || (name === '*' && list === 'disabled')) continue;
        const at = [...path, 'plugins', point, list, index, 'name'];
        if (OTHER_PLUGINS.includes(name)) {
          const message = `the plugin ${name} is not simulated: that it is ${list} changes nothing`;
          report('not-simulated', at, { message, severity: 'warning' });
        } else {
          const hint = `write one of ${PLUGIN_NAMES.join(', ')}`;
          report('wrong-value', at, { message: `the scheduler has no plugin called "${name}"`, hint });
        }
      }
    }
  }
}

function checkArgs({ pluginConfig = [] }: ProfileDocument, path: Path, report: Report): void {
  for (const [index, { name, args }] of pluginConfig.entries()) {
    const at = [...path, 'pluginConfig', index, 'args'];
    if (name === 'NodeResourcesFit') {
      const { type, requestedToCapacityRatio: ratio } = args.scoringStrategy ?? {};
      if (type === 'RequestedToCapacityRatio' && !ratio) {
        report('missing-key', [...at, 'scoringStrategy'], {
          message: 'a ratio is scored along a line, which is not drawn',
          hint: 'add requestedToCapacityRatio: { shape: [{ utilization: 0, score: 0 }, …] }',
        });
      }
      const points = ratio?.shape ?? [];
      if (points.some(({ utilization }, place) => utilization <= (points[place - 1]?.utilization ?? -1))) {
        report('wrong-value', [...at, 'scoringStrategy', 'requestedToCapacityRatio', 'shape'], {
          message: 'the points of the line do not go up by utilization',
        });
      }
    }
    if (name === 'PodTopologySpread' && args.defaultConstraints && args.defaultingType !== 'List') {
      report('conflicting-keys', [...at, 'defaultConstraints'], {
        message: 'default constraints of your own go with defaultingType: List alone',
      });
    }
  }
}
