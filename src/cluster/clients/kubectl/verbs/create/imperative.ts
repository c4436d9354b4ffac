import type { JsonObject } from '../../../../objects/json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import { withLastApplied } from '../../../../objects/last-applied.ts';
import { type Resource, resourceForKind } from '../../../../objects/schema/resources.ts';
import { fail, failUsage, failWith } from '../../failure.ts';
import { CREATE_FLAGS } from '../../flags/common-flags.ts';
import { ask, DONE, type Invocation, type Steps } from '../../invocation.ts';
import { hashOfFields } from '../../kustomize/hash-of-fields.ts';
import { readDryRun } from '../../output/dry-run.ts';
import { reportObject } from '../../output/report-object.ts';
import { isStrict } from '../../validation-flag.ts';
import type { Verb } from '../../verb.ts';
import { withoutNulls } from './typed-object.ts';

/** A verb that makes one object out of its flags. */
export interface Imperative extends Pick<Verb, 'name' | 'aliases' | 'flags' | 'required' | 'subverbs'> {
  /** kubectl's words before the API server's when it refuses, and the first minor version that has them. */
  readonly failure?: { readonly since: number; readonly text: string };
  make(invocation: Invocation, name: string): KubeObject | Steps<KubeObject>;
}

export function imperative({ failure, make, flags = [], ...verb }: Imperative): Verb {
  return {
    ...verb,
    flags: [...CREATE_FLAGS, ...flags],
    *run(invocation) {
      const given = nameOf(invocation);
      const dryRun = readDryRun(invocation);
      const strict = isStrict(invocation);
      const made = make(invocation, given);
      const object = named(invocation, 'next' in made ? yield* made : made);
      const { name = given } = object.metadata;
      const toSend = invocation.flags.bool('save-config') ? withLastApplied(object) : object;
      const resource = resourceOfObject(object);
      if (dryRun === 'client') {
        reportObject(invocation, { name, object: toSend, operation: 'created', dryRun });
        return DONE;
      }
      const response = yield* ask(invocation, {
        verb: 'create',
        resource: resource.name,
        ...(resource.isNamespaced ? { namespace: invocation.namespace } : {}),
        object: withoutNulls(toSend),
        strict,
        ...(dryRun === 'server' ? { dryRun: true } : {}),
      });
      if (!response.ok) {
        const prefix = failure !== undefined && invocation.version.minor >= failure.since ? failure.text : '';
        if (prefix !== '') fail(`${prefix}${response.status.message}`);
        failWith([{ status: response.status }]);
      } else {
        const stored = response.object ?? toSend;
        reportObject(invocation, { name, object: stored, operation: 'created', dryRun });
      }
      return DONE;
    },
  };
}

/** With --append-hash the name ends in the hash of what the object holds. */
function named({ flags }: Invocation, object: KubeObject): KubeObject {
  if (!flags.has('append-hash') || !flags.bool('append-hash')) return object;
  const {
    kind,
    metadata,
    data = {},
    type = '',
  } = object as KubeObject & { data?: JsonObject; type?: string };
  const { name = '' } = metadata;
  const held = { kind, name, data, ...(kind === 'Secret' ? { type } : {}) };
  return { ...object, metadata: { ...metadata, name: `${name}-${hashOfFields(held)}` } };
}

export function resourceOfObject({ apiVersion, kind }: KubeObject): Resource {
  const resource = resourceForKind(apiVersion, kind);
  if (resource === undefined) throw new Error(`${apiVersion} has no ${kind}`);
  return resource;
}

/** Exactly one name; what stands behind `--` is a command (kubectl: create.go NameFromCommandArgs). */
function nameOf({ args, dashAt, path }: Invocation): string {
  const count = dashAt ?? args.length;
  const [name = ''] = args;
  return count === 1 ? name : failUsage(path, `exactly one NAME is required, got ${count}`);
}

/** What stands behind `--`. */
export function commandOf({ args, dashAt }: Invocation): readonly string[] {
  return dashAt === undefined ? [] : args.slice(dashAt);
}
