import { drawMany } from '../../../../../kernel/chance/draw.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { Container, CronJob, Deployment, Job } from '../../../../objects/kubernetes.ts';
import { NAME_DRAWS, randomSuffix } from '../../../../objects/names.ts';
import { int, list, text } from '../../../flags/flag.ts';
import { fail, failWith } from '../../failure.ts';
import type { Invocation, Steps } from '../../invocation.ts';
import { partVisited } from '../../resources/read-files.ts';
import { selectObjects } from '../../resources/select-objects.ts';
import { commandOf, imperative } from './imperative.ts';
import { namespacedMeta, typedMeta } from './typed-object.ts';

export const createDeployment = imperative({
  name: 'deployment',
  aliases: ['deploy'],
  flags: [list('image'), int('port', '-1'), int('r,replicas', '1')],
  required: ['image'],
  failure: { since: 0, text: 'failed to create deployment: ' },
  make(invocation, name) {
    const { flags } = invocation;
    const images = flags.list('image');
    const command = commandOf(invocation);
    if (images.length > 1 && command.length > 0) fail('cannot specify multiple --image options and command');
    const port = flags.int('port');
    const containers = images.map(
      (image, index): Container => ({
        name: containerName(image, invocation),
        image,
        ...(command.length === 0 ? {} : { command: [...command] }),
        ...(index === 0 && port >= 0 ? { ports: [{ containerPort: port }] } : {}),
        resources: {},
      }),
    );
    const labels = { app: name };
    const deployment: Deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: namespacedMeta(invocation, { name, labels }),
      spec: {
        replicas: flags.int('replicas'),
        selector: { matchLabels: labels },
        strategy: {},
        template: { metadata: typedMeta(invocation, { labels }), spec: { containers } },
      },
      status: {},
    };
    return deployment;
  },
});

/**
 * The last part of the image's name; where that is no DNS label, made one and unique (kubectl:
 * sanitizeAndUniquify).
 */
function containerName(image: string, { view, call }: Invocation): string {
  const last = image.slice(image.lastIndexOf('/') + 1);
  const [name = ''] = last.split(/[:@]/, 1);
  if (!/[_.]/.test(name)) return name;
  const draws = drawMany(
    view.chance,
    NAME_DRAWS.count,
    NAME_DRAWS.below,
    'container-name',
    call.command,
    call.instance,
    image,
  );
  return `${name.replace(/[_.]/g, '-')}-${randomSuffix(draws)}`;
}

function singleContainer(name: string, invocation: Invocation): Container {
  const command = commandOf(invocation);
  const image = invocation.flags.text('image');
  return { name, image, ...(command.length === 0 ? {} : { command: [...command] }), resources: {} };
}

export const createJob = imperative({
  name: 'job',
  flags: [text('image'), text('from')],
  failure: { since: 0, text: 'failed to create job: ' },
  make(invocation, name) {
    const { flags } = invocation;
    const [image, from] = [flags.text('image'), flags.text('from')];
    if ((image === '') === (from === '')) fail('either --image or --from must be specified');
    if (from === '') return jobOfImage(invocation, name);
    if (commandOf(invocation).length > 0) fail('cannot specify --from and command');
    return jobOfCronJob(invocation, name, from);
  },
});

function jobOfImage(invocation: Invocation, name: string): Job {
  const template = {
    metadata: typedMeta(invocation, {}),
    spec: { containers: [singleContainer(name, invocation)], restartPolicy: 'Never' },
  };
  const metadata = namespacedMeta(invocation, { name });
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template }, status: {} };
}

function* jobOfCronJob(invocation: Invocation, name: string, from: string): Steps<Job> {
  const { visited } = yield* selectObjects(invocation, { args: [from] });
  const { infos, failures } = partVisited(visited);
  failWith(failures);
  const cronJob = infos[0]?.object as CronJob | undefined;
  if (infos.length !== 1 || cronJob === undefined) return fail('from must be an existing cronjob');
  if (cronJob.kind !== 'CronJob') return fail(`unknown object type *v1.${cronJob.kind}`);
  const { metadata: ofTemplate = {}, spec } = cronJob.spec.jobTemplate;
  const annotations = { 'cronjob.kubernetes.io/instantiate': 'manual', ...ofTemplate.annotations };
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    name: cronJob.metadata.name ?? '',
    uid: cronJob.metadata.uid ?? '',
    controller: true,
  };
  const metadata = namespacedMeta(invocation, {
    name,
    annotations,
    ...(ofTemplate.labels === undefined ? {} : { labels: ofTemplate.labels }),
    ownerReferences: [owner],
  });
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: spec ?? { template: {} }, status: {} };
}

export const createCronJob = imperative({
  name: 'cronjob',
  aliases: ['cj'],
  flags: [text('image'), text('schedule'), text('restart')],
  required: ['image', 'schedule'],
  failure: { since: 0, text: 'failed to create cronjob: ' },
  make(invocation, name) {
    const { flags } = invocation;
    const restartPolicy = flags.text('restart') || 'OnFailure';
    const podTemplate = {
      metadata: typedMeta(invocation, {}),
      spec: { containers: [singleContainer(name, invocation)], restartPolicy },
    };
    const cronJob: Omit<CronJob, 'apiVersion'> & KubeObject = {
      apiVersion: invocation.version.minor >= 21 ? 'batch/v1' : 'batch/v1beta1',
      kind: 'CronJob',
      metadata: namespacedMeta(invocation, { name }),
      spec: {
        schedule: flags.text('schedule'),
        jobTemplate: { metadata: typedMeta(invocation, { name }), spec: { template: podTemplate } },
      },
      status: {},
    };
    return cronJob;
  },
});
