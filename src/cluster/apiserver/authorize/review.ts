import type { Granted, Refused } from '../../contract/response.ts';
import { type User, userOf } from '../../contract/user.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { ResourceAttributes, SubjectAccessReviewSpec } from '../../objects/kubernetes.ts';
import { ISSUER } from '../../objects/pki/account-token.ts';
import { bearerOf } from '../authenticate/service-account-token.ts';
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
  if (status === undefined)
    return badRequest(WITHOUT_SUBJECT[resource.kind] ?? 'this question has no subject');
  const { apiVersion, kind } = resource;
  const { creationTimestamp: _, ...metadata } = object.metadata ?? {};
  const answer = { apiVersion, kind, metadata, ...(kind !== 'SelfSubjectReview' && { spec }), status };
  return { ok: true, object: answer as unknown as KubeObject, revision: store.revision() };
}

const WITHOUT_SUBJECT: Readonly<Record<string, string>> = {
  TokenReview: 'token is required for TokenReview in authentication',
};

type ReviewSpec = Partial<SubjectAccessReviewSpec> & {
  readonly namespace?: string;
  readonly token?: string;
  readonly audiences?: readonly string[];
};

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
  'tokenreviews.authentication.k8s.io': reviewToken,
  'selfsubjectreviews.authentication.k8s.io': ({ asking }) => ({
    userInfo: { username: asking.name, groups: [...asking.groups] },
  }),
};

/** Whom a token speaks for, to whoever was shown it (registry/authentication/tokenreview/storage.go). */
function reviewToken({ call, spec: { token = '', audiences = [] } }: Question): object | undefined {
  if (token === '') return undefined;
  const bearer = bearerOf(token, call);
  const wanted = audiences.length > 0 ? audiences : [ISSUER];
  const meant = bearer?.audiences.filter((audience) => wanted.includes(audience)) ?? [];
  if (!bearer || meant.length === 0)
    return { user: {}, error: '[invalid bearer token, service account token is not valid]' };
  const { name, uid, pod } = bearer;
  const extra = pod && {
    'authentication.kubernetes.io/pod-name': [pod.name],
    'authentication.kubernetes.io/pod-uid': [pod.uid],
  };
  const user = {
    username: name,
    ...(uid && { uid }),
    groups: userOf({ name }).groups,
    ...(extra && { extra }),
  };
  return { authenticated: true, user, audiences: meant };
}

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
