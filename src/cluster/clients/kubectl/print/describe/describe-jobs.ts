import { parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import type { CoreEvent, CronJob, Job, JobTemplateSpec } from '../../../../objects/kubernetes.ts';
import { controllerOf } from '../../../../objects/owner-references.ts';
import { humanDuration } from '../age.ts';
import { boolText } from '../columns/common-columns.ts';
import { selectorText } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { templateLines } from './describe-template.ts';
import { alignDescription, annotationLines, field, type Lines, labelLines, timeText } from './description.ts';

const UNSET = '<unset>';

/** Mirrors kubectl: describe.go describeJob. */
export function describeJob(
  job: Job,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { metadata, spec, status = {} } = job;
  const { summary, table } = describeEvents(events, context);
  const owner = controllerOf(job);
  const isIndexed = spec?.completionMode === 'Indexed' && printsSince(context.version, 'jobCompletionMode');
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    field('Selector', selectorText(spec?.selector)),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...(owner ? [field('Controlled By', `${owner.kind}/${owner.name}`)] : []),
    ...specLines(job, context),
    ...(status.startTime ? [field('Start Time', timeText(status.startTime))] : []),
    ...(status.completionTime ? [field('Completed At', timeText(status.completionTime))] : []),
    ...durationLines(job),
    ...(spec?.activeDeadlineSeconds === undefined
      ? []
      : [field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`)]),
    field('Pods Statuses', podsStatuses(job, context)),
    ...(isIndexed ? [field('Completed Indexes', shownIndexes(status.completedIndexes ?? ''))] : []),
    ...templateLines(spec?.template, context),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function specLines({ spec }: Job, { version }: PrintContext): Lines {
  const given = (title: string, value: string | number | boolean | undefined) =>
    value === undefined ? [] : [field(title, value)];
  return [
    ...given('Parallelism', spec?.parallelism),
    field('Completions', spec?.completions ?? UNSET),
    ...(printsSince(version, 'jobCompletionMode') ? given('Completion Mode', spec?.completionMode) : []),
    ...(printsSince(version, 'jobLimits')
      ? [
          ...given('Suspend', spec?.suspend),
          ...given('Backoff Limit', spec?.backoffLimit),
          ...given('TTL Seconds After Finished', spec?.ttlSecondsAfterFinished),
        ]
      : []),
  ];
}

function durationLines({ status }: Job): Lines {
  const [startedAt, completedAt] = [status?.startTime, status?.completionTime].map((time) =>
    parseRfc3339(time ?? ''),
  );
  if (startedAt === undefined || completedAt === undefined) return [];
  return [field('Duration', humanDuration(completedAt - startedAt))];
}

function podsStatuses({ status = {} }: Job, { version }: PrintContext): string {
  const { active = 0, ready, succeeded = 0, failed = 0 } = status;
  const ended = `${succeeded} Succeeded / ${failed} Failed`;
  if (!printsSince(version, 'jobReadyPods')) return `${active} Running / ${ended}`;
  return ready === undefined ? `${active} Active / ${ended}` : `${active} Active (${ready} Ready) / ${ended}`;
}

/** Cut at the first comma from the fiftieth character on. */
function shownIndexes(indexes: string): string {
  if (indexes === '') return '<none>';
  const comma = indexes.indexOf(',', 50);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
}

/** Mirrors kubectl: describe.go describeCronJob. */
export function describeCronJob(
  { metadata, spec, status }: CronJob,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { summary, table } = describeEvents(events, context);
  const deadline = spec?.startingDeadlineSeconds;
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    field('Schedule', spec?.schedule),
    field('Concurrency Policy', spec?.concurrencyPolicy),
    field('Suspend', boolText(spec?.suspend)),
    ...(printsSince(context.version, 'cronJobTimeZone') ? [field('Time Zone', spec?.timeZone ?? UNSET)] : []),
    field('Successful Job History Limit', spec?.successfulJobsHistoryLimit ?? UNSET),
    field('Failed Job History Limit', spec?.failedJobsHistoryLimit ?? UNSET),
    field('Starting Deadline Seconds', deadline === undefined ? UNSET : `${deadline}s`),
    ...jobTemplateLines(spec?.jobTemplate, context),
    field('Last Schedule Time', status?.lastScheduleTime ? timeText(status.lastScheduleTime) : UNSET),
    field('Active Jobs', (status?.active ?? []).map(({ name }) => name).join(', ') || '<none>'),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function jobTemplateLines(template: JobTemplateSpec | undefined, context: PrintContext): Lines {
  const {
    selector,
    parallelism,
    completions,
    activeDeadlineSeconds,
    template: podTemplate,
  } = template?.spec ?? {};
  return [
    field('Selector', selector ? selectorText(selector) : UNSET),
    field('Parallelism', parallelism ?? UNSET),
    field('Completions', completions ?? UNSET),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [field('Active Deadline Seconds', `${activeDeadlineSeconds}s`)]),
    ...templateLines(podTemplate, context),
  ];
}
