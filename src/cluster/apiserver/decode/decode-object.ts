import { withDefaults } from '../../objects/defaults/apply-defaults.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { resourceForKind, splitApiVersion } from '../../objects/schema/resources.ts';
import { isServed } from '../../objects/schema/served-versions.ts';
import { checkShape, type ShapeProblem } from '../../objects/shape/check-shape.ts';
import { describeDecodingError } from '../../objects/shape/describe-decoding-error.ts';
import { fillRequired } from '../../objects/shape/fill-required.ts';
import { type Call, granted, type Outcome } from '../call.ts';
import { badRequest, notSimulated } from '../refusal.ts';
import { autoscalerAsStored } from './autoscaler-version.ts';
import { decodeCustom } from './decode-custom.ts';

/**
 * A body as the server understands it: of the resource's kind and version, complete with defaults, and a copy
 * that the stages to come may change. `strict` says what becomes of fields that the kind does not have:
 * refused, or dropped with a warning. Left out, the body comes from a program that was compiled against the
 * types.
 */
export function decodeObject(call: Call, body: KubeObject, strict: boolean | undefined): Outcome<KubeObject> {
  const { resource, settings } = call;
  const apiVersion = body.apiVersion || resource.apiVersion;
  const kind = body.kind || resource.kind;
  const named = apiVersion === body.apiVersion && kind === body.kind ? body : { ...body, apiVersion, kind };
  if (resource.custom !== undefined) return decodeCustom(call, named, strict);
  const refusal =
    checkKind(call, named, strict === undefined) ??
    (strict === undefined ? undefined : checkBody(call, named, strict));
  if (refusal) return refusal;
  // Programs say what must be said; of people nobody knows.
  const current = asStored(strict === undefined ? named : fillRequired(named));
  const stored =
    current.apiVersion === resource.apiVersion ? current : { ...current, apiVersion: resource.apiVersion };
  return granted(withDefaults(stored, settings.version));
}

/** In the version in which it is kept, where versions differ: a patch may speak of what another has. */
export function asStored(object: KubeObject): KubeObject {
  return object.kind === 'HorizontalPodAutoscaler' ? autoscalerAsStored(object) : object;
}

/** The version of Kubernetes that our types are of. */
const OF_TYPES = { minor: 36, patch: 0 };

/** A component of the cluster speaks the version that its cluster serves, whichever its types here bear. */
function checkKind({ resource, settings }: Call, { apiVersion, kind }: KubeObject, isOfComponent: boolean) {
  if (apiVersion === resource.apiVersion && kind === resource.kind) return undefined;
  const { version } = splitApiVersion(apiVersion);
  const given = resourceForKind(apiVersion, kind);
  if (given === undefined || kind !== resource.kind) {
    const why = `no kind "${kind}" is registered for version "${apiVersion}"`;
    return badRequest(`${kind} in version "${version}" cannot be handled as a ${resource.kind}: ${why}`);
  }
  const isOwn = isOfComponent && isServed(apiVersion, given, OF_TYPES);
  const isKnown = isOwn || isServed(apiVersion, given, settings.version);
  if (given.name !== resource.name || !isKnown) {
    const expected = resource.apiVersion;
    return badRequest(
      `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`,
    );
  }
  return isSameShape(apiVersion, resource.apiVersion)
    ? undefined
    : notSimulated(`converting ${kind} from ${apiVersion} to ${resource.apiVersion}`);
}

/** Only versions that have been promoted as they were are read as each other. */
function isSameShape(from: string, to: string): boolean {
  return splitApiVersion(from).group === splitApiVersion(to).group;
}

function checkBody({ warnings }: Call, body: KubeObject, strict: boolean) {
  const problems = checkShape(body, body);
  const isHarmless = ({ code }: ShapeProblem): boolean => !strict && code === 'unknownField';
  if (!problems.every(isHarmless)) return badRequest(describeDecodingError(problems, body));
  warnings.push(...problems.map(({ message }) => message));
  return undefined;
}
