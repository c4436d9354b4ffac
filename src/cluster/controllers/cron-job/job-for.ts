import { MINUTE, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { CronJob, Job } from '../../objects/kubernetes.ts';
import { controllerReference } from '../../objects/owner-references.ts';
import { formatOffset, offsetOf, type Zone } from '../../objects/schedule/time-zones.ts';
import { inVersion, type KubeVersion, type Since } from '../../objects/versions.ts';

/** The second controller (1.21) counts minutes, since no schedule is finer; the first one counted seconds. */
const NAME_UNIT: Since<number> = [
  [0, SECOND],
  [21, MINUTE],
];

/** CronJobsScheduledAnnotation: on since 1.28 (kubernetes: kube_features.go). */
const TELLS_TIME: Since<boolean> = [
  [0, false],
  [28, true],
];

const SCHEDULED = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

/** The Job of one run. Its name is the run's time, so that no run can be begun twice. */
export function jobFor(
  cronJob: CronJob,
  at: number,
  { zone, version }: { readonly zone: Zone; readonly version: KubeVersion },
): Job {
  const { metadata, spec } = cronJob.spec.jobTemplate;
  const offset = offsetOf(zone, at);
  const local = formatRfc3339(at + offset).replace(/Z$/, formatOffset(offset));
  const annotations = {
    ...metadata?.annotations,
    ...(inVersion(TELLS_TIME, version) && { [SCHEDULED]: local }),
  };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${cronJob.metadata.name}-${Math.floor(at / inVersion(NAME_UNIT, version))}`,
      ...(metadata?.labels && { labels: metadata.labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ownerReferences: [controllerReference(cronJob)],
    },
    spec: spec ?? { template: {} },
  };
}
