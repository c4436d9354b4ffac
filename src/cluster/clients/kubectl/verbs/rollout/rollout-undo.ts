import type { PatchRequest } from '../../../../contract/request.ts';
import { isEqualJson } from '../../../../objects/json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { ControllerRevision, Deployment, PodTemplateSpec } from '../../../../objects/kubernetes.ts';
import { LAST_APPLIED } from '../../../../objects/last-applied.ts';
import { int } from '../../../flags/flag.ts';
import { type Failure, fail } from '../../failure.ts';
import { DRY_RUN_FLAG, FILE_FLAGS, PRINT_FLAGS, SELECTOR_FLAG } from '../../flags/common-flags.ts';
import { ask, type Invocation, type Steps } from '../../invocation.ts';
import { type DryRun, readDryRun } from '../../output/dry-run.ts';
import { reportObject } from '../../output/report-object.ts';
import { groupKind, type Info, targetOf } from '../../resources/info.ts';
import { selectObjects } from '../../resources/select-objects.ts';
import type { Verb } from '../../verb.ts';
import { visitEach } from '../../visit.ts';
import { patchOf, type Revision, revisionsOf } from './revisions.ts';
import { templateText } from './rollout-history.ts';
import { REVISION } from './rollout-status-text.ts';

export const rolloutUndo: Verb = {
  name: 'undo',
  flags: [...PRINT_FLAGS, ...FILE_FLAGS, SELECTOR_FLAG, DRY_RUN_FLAG, int('to-revision', '0')],
  run: undoRollouts,
};

function* undoRollouts(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  if (args.length === 0 && flags.list('filename').length === 0) fail('required resource not specified');
  const dryRun = readDryRun(invocation);
  const { visited } = yield* selectObjects(invocation, { args, isTypeEnough: true, isLatest: true });
  return yield* visitEach(visited, (info) => undoOne(invocation, info, dryRun));
}

function* undoOne(invocation: Invocation, info: Info, dryRun: DryRun): Steps<Failure | undefined> {
  const { object, name, resource } = info;
  if (object === undefined) throw new Error('what is rolled back has been read');
  warnOfApply(invocation, info);
  const wanted = invocation.flags.int('to-revision');
  const revisions = revisionsOf(invocation, object);
  if (revisions === undefined) {
    return { message: `no rollbacker has been implemented for "${groupKind(resource)}"` };
  }
  const revision = wanted === 0 ? revisions.at(-2) : revisions.find(({ number }) => number === wanted);
  if (revision === undefined) return { message: missingWords(object, name, wanted) };
  if (dryRun === 'client') {
    const text = templateText(invocation, { ...revision, changeCause: '' });
    const operation = object.kind === 'Deployment' ? text : `will roll back to ${text}`;
    reportObject(invocation, { name: info.name, object, operation, dryRun });
    return undefined;
  }
  if (object.kind === 'Deployment' && (object as Deployment).spec?.paused) {
    return {
      message:
        'you cannot rollback a paused deployment; ' +
        "resume it first with 'kubectl rollout resume' and try again",
    };
  }
  if (isCurrent(object, revision)) {
    const operation = `skipped rollback (current template already matches revision ${wanted})`;
    reportObject(invocation, { name: info.name, object, operation, dryRun });
    return undefined;
  }
  const request = undoRequest(info, object, revision);
  const response = yield* ask(invocation, { ...request, ...(dryRun === 'server' ? { dryRun: true } : {}) });
  if (!response.ok) return { message: `failed restoring revision ${wanted}: ${response.status.message}` };
  reportObject(invocation, { name: info.name, object, operation: 'rolled back', dryRun });
  return undefined;
}

/** Since 1.36 (kubectl: rollout_undo.go warningRollbackApplyManagedResource). */
function warnOfApply({ err, version }: Invocation, { object, resource, name }: Info): void {
  if (version.minor < 36 || object?.metadata.annotations?.[LAST_APPLIED] === undefined) return;
  err(
    `Warning: resource ${resource.plural}/${name} was previously managed with 'kubectl apply'. Rolling back will not ` +
      `update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. ` +
      "Consider using 'kubectl apply' with your previous configuration file instead.\n",
  );
}

function missingWords(object: KubeObject, name: string, wanted: number): string {
  if (wanted !== 0) return `unable to find specified revision ${wanted} in history`;
  return object.kind === 'Deployment'
    ? `no rollout history found for deployment "${name}"`
    : 'no last revision to roll back to';
}

interface Templated extends KubeObject {
  readonly spec: { readonly template: PodTemplateSpec };
}

function isCurrent(object: KubeObject, { template }: Revision): boolean {
  return isEqualJson(withoutHash((object as Templated).spec.template), withoutHash(template));
}

const HASH = 'pod-template-hash';

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [HASH]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** Annotations that stay the Deployment's own (kubectl: rollback.go annotationsToSkip). */
const KEPT_ANNOTATIONS = [
  LAST_APPLIED,
  REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

function undoRequest(info: Info, object: KubeObject, revision: Revision): PatchRequest {
  const base = { verb: 'patch', ...targetOf(info) } as const;
  if (object.kind !== 'Deployment') {
    return { ...base, patchType: 'strategic', patch: patchOf(revision.keeper as ControllerRevision) };
  }
  const isKept = (key: string) => KEPT_ANNOTATIONS.includes(key);
  const own = Object.entries(object.metadata.annotations ?? {}).filter(([key]) => isKept(key));
  const old = Object.entries(revision.keeper.metadata.annotations ?? {}).filter(([key]) => !isKept(key));
  const patch = [
    { op: 'replace', path: '/spec/template', value: withoutHash(revision.template) },
    { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...own, ...old]) },
  ];
  return { ...base, patchType: 'json', patch };
}
