import type { SchedulerProfile, SchedulerSettings } from '../../cluster/contract/scheduler-settings.ts';
import type { SchedulerDocument } from './schema/scheduler-schema.ts';
import { withoutUndefined } from './without-undefined.ts';

type ProfileDocument = NonNullable<SchedulerDocument['profiles']>[number];

/** The scheduler's configuration; what it leaves out the scheduler has its own defaults for. */
export function compileScheduler(document: SchedulerDocument): SchedulerSettings {
  const { apiVersion: _, kind: __, profiles = [{}], ...common } = document;
  return withoutUndefined({ ...common, profiles: profiles.map(compileProfile) }) as SchedulerSettings;
}

function compileProfile({ schedulerName, pluginConfig, ...profile }: ProfileDocument): SchedulerProfile {
  const args = (pluginConfig ?? []).map(({ name, args: { apiVersion: _, kind: __, ...rest } }) => [
    name,
    rest,
  ]);
  return {
    schedulerName: schedulerName ?? 'default-scheduler',
    ...profile,
    ...(args.length > 0 && { pluginConfig: Object.fromEntries(args) }),
  } as SchedulerProfile;
}
