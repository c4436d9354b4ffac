import type { KubeObject } from '../../../../objects/kube-object.ts';
import { withLastApplied } from '../../../../objects/last-applied.ts';
import { bool, refused, text } from '../../../flags/flag.ts';
import { type Failure, fail, failUsage, withSource } from '../../failure.ts';
import { CREATE_FLAGS, FILE_FLAGS, RECORD_FLAG, SELECTOR_FLAG } from '../../flags/common-flags.ts';
import { ask, DONE, type Invocation, type Steps } from '../../invocation.ts';
import { type DryRun, readDryRun } from '../../output/dry-run.ts';
import { reportObject } from '../../output/report-object.ts';
import { type Info, targetOf } from '../../resources/info.ts';
import { selectObjects } from '../../resources/select-objects.ts';
import { isStrict } from '../../validation-flag.ts';
import type { Verb } from '../../verb.ts';
import { visitEach } from '../../visit.ts';
import {
  createClusterRole,
  createClusterRoleBinding,
  createRole,
  createRoleBinding,
} from './access-rules.ts';
import { createConfigMap, createSecret } from './config-objects.ts';
import { createIngress } from './ingress.ts';
import { createPodDisruptionBudget, createQuota } from './limits.ts';
import { createService } from './services.ts';
import { createNamespace, createPriorityClass, createServiceAccount } from './simple-objects.ts';
import { createToken } from './token.ts';
import { createCronJob, createDeployment, createJob } from './workloads.ts';

export const create: Verb = {
  name: 'create',
  flags: [
    ...CREATE_FLAGS,
    ...FILE_FLAGS,
    SELECTOR_FLAG,
    RECORD_FLAG,
    ...refused(bool('edit'), text('raw'), bool('windows-line-endings')),
  ],
  subverbs: [
    createNamespace,
    createServiceAccount,
    createConfigMap,
    createSecret,
    createDeployment,
    createJob,
    createCronJob,
    createService,
    createRole,
    createClusterRole,
    createRoleBinding,
    createClusterRoleBinding,
    createQuota,
    createPodDisruptionBudget,
    createPriorityClass,
    createIngress,
    createToken,
  ],
  run: createFromFiles,
};

/** Creates what files hold, one after another; a refusal does not keep the others from being made. */
function* createFromFiles(invocation: Invocation): Steps {
  const { args, flags, path } = invocation;
  if (flags.list('filename').length === 0) {
    if (args.length > 0) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
    fail('must specify one of -f and -k');
  }
  if (args.length > 0) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
  const dryRun = readDryRun(invocation);
  const strict = isStrict(invocation);
  const { visited } = yield* selectObjects(invocation, { args });
  let count = 0;
  yield* visitEach(visited, function* createCounted(info) {
    const failure = yield* createOne(invocation, info, { dryRun, strict });
    if (failure === undefined) count += 1;
    return failure;
  });
  if (count === 0) fail('no objects passed to create');
  return DONE;
}

interface Creation {
  readonly dryRun: DryRun;
  readonly strict: boolean;
}

function* createOne(
  invocation: Invocation,
  info: Info,
  { dryRun, strict }: Creation,
): Steps<Failure | undefined> {
  if (info.object === undefined) return undefined;
  const object: KubeObject = invocation.flags.bool('save-config')
    ? withLastApplied(info.object)
    : info.object;
  if (dryRun === 'client') {
    reportObject(invocation, { name: info.name, object, operation: 'created', dryRun });
    return undefined;
  }
  const { resource, namespace } = targetOf(info);
  const response = yield* ask(invocation, {
    verb: 'create',
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    object,
    strict,
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
  if (!response.ok) return withSource({ status: response.status }, 'creating', info.source);
  const stored = response.object ?? object;
  const name = stored.metadata.name ?? info.name;
  reportObject(invocation, {
    name,
    object: stored,
    operation: 'created',
    dryRun,
  });
  return undefined;
}
