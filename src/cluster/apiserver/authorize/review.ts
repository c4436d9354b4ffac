import type { Granted, Refused } from '../../contract/response.ts';
import type { User } from '../../contract/user.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { ResourceAttributes, SubjectAccessReviewSpec } from '../../objects/kubernetes.ts';
import type { Call } from '../call.ts';
import { badRequest } from '../refusal.ts';
import type { Attributes } from './attributes.ts';
import { judge } from './authorize.ts';
import { rulesOf } from './rules-of.ts';

const AUTHORIZATION = 'authorization.k8s.io';

/** Questions about rights are asked as objects that nobody stores: the answer is their status. */
export function isReview({ resource }: Call): boolean {
  return Object.hasOwn(ANSWERS, resource.name);
}

/** What somebody asks about himself, or about another (pkg/registry/authorization). */
export function answerReview(call: Call, object: KubeObject): Granted | Refused {
  const { resource, store, user: asking } = call;
  const { spec = {} } = object as KubeObject & { spec?: ReviewSpec };
  const status = ANSWERS[resource.name]?.({ call, spec, asking });
  if (status === undefined) return badRequest('this question has no subject');
  const { apiVersion, kind } = resource;
  const { creationTimestamp: _, ...metadata } = object.metadata ?? {};
  const answer = { apiVersion, kind, metadata, ...(kind !== 'SelfSubjectReview' && { spec }), status };
  return { ok: true, object: answer as unknown as KubeObject, revision: store.revision() };
}

type ReviewSpec = Partial<SubjectAccessReviewSpec> & { readonly namespace?: string };

interface Question {
  readonly call: Call;
  readonly spec: ReviewSpec;
  readonly asking: User;
}

const ANSWERS: Readonly<Record<string, (question: Question) => object | undefined>> = {
  [`selfsubjectaccessreviews.${AUTHORIZATION}`]: ({ call, spec, asking }) => access(call, spec, asking),
  [`subjectaccessreviews.${AUTHORIZATION}`]: accessOfAnother,
  [`localsubjectaccessreviews.${AUTHORIZATION}`]: accessOfAnother,
  [`selfsubjectrulesreviews.${AUTHORIZATION}`]: rights,
  'selfsubjectreviews.authentication.k8s.io': ({ asking }) => ({
    userInfo: { username: asking.name, groups: [...asking.groups] },
  }),
};

function accessOfAnother({ call, spec }: Question): object | undefined {
  const { user = '', groups = [] } = spec;
  if (user === '' && groups.length === 0) return undefined;
  return access(call, spec, { name: user, groups });
}

function access({ store }: Call, spec: ReviewSpec, user: User): object | undefined {
  const attributes = attributesOf(spec);
  if (attributes === undefined) return undefined;
  const { isAllowed, reason } = judge(store, user, attributes);
  return { allowed: isAllowed, ...(reason !== '' && { reason }) };
}

function attributesOf({ resourceAttributes, nonResourceAttributes }: ReviewSpec): Attributes | undefined {
  if (nonResourceAttributes !== undefined) {
    const { verb = '', path = '' } = nonResourceAttributes;
    return { verb, path };
  }
  return resourceAttributes && ofResource(resourceAttributes);
}

function ofResource({ verb = '', group = '', resource = '', ...at }: ResourceAttributes): Attributes {
  const { namespace = '', name = '', subresource = '' } = at;
  return {
    verb,
    group,
    resource,
    ...(subresource !== '' && { subresource }),
    ...(namespace !== '' && { namespace }),
    ...(name !== '' && { name }),
  };
}

function rights({ call, spec, asking }: Question): object | undefined {
  if ((spec.namespace ?? '') === '') return undefined;
  const { rules } = rulesOf(call.store, asking, spec.namespace);
  const resourceRules = rules
    .filter(({ resources = [] }) => resources.length > 0)
    .map(({ nonResourceURLs: _, ...rule }) => rule);
  const nonResourceRules = rules.flatMap(({ verbs, nonResourceURLs = [] }) =>
    nonResourceURLs.length > 0 ? [{ verbs, nonResourceURLs }] : [],
  );
  return { incomplete: false, resourceRules, nonResourceRules };
}
