import type { Request } from '../../contract/request.ts';
import type { Refused } from '../../contract/response.ts';
import type { User } from '../../contract/user.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type { PolicyRule } from '../../objects/kubernetes.ts';
import type { ServedResource } from '../call.ts';
import { forbidden } from '../refusal.ts';
import type { Attributes, Judgement, ResourceAttributes } from './attributes.ts';
import { judgeNode } from './node-authorizer.ts';
import { type PolicyStore, rulesHeld } from './rules-of.ts';

/**
 * One authorizer after another until one allows it: whoever is of system:masters may do everything, a kubelet
 * what its node needs, and everybody else what roles say. Nobody forbids; what none allows is refused with
 * the reasons of all (kubeadm: --authorization-mode=Node,RBAC).
 */
export function judge(store: PolicyStore, user: User, attributes: Attributes): Judgement {
  if (user.groups.includes('system:masters')) return { isAllowed: true, reason: '' };
  const ofNode = judgeNode(store, user, attributes);
  if (ofNode?.isAllowed) return ofNode;
  const ofRoles = judgeRoles(store, user, attributes);
  if (ofRoles.isAllowed) return ofRoles;
  const reasons = [ofNode?.reason ?? '', ofRoles.reason].filter((reason) => reason !== '');
  return { isAllowed: false, reason: reasons.join('\n') };
}

/** Roles only ever allow: whoever is bound to none may do nothing (rbac: RBACAuthorizer.Authorize). */
function judgeRoles(store: PolicyStore, user: User, attributes: Attributes): Judgement {
  const namespace = 'path' in attributes ? undefined : attributes.namespace;
  const missing: string[] = [];
  for (const held of rulesHeld(store, user, namespace)) {
    if (typeof held === 'string') missing.push(held);
    else if (held.rules.some((rule) => allows(rule, attributes)))
      return { isAllowed: true, reason: `RBAC: allowed by ${held.source}` };
  }
  if (missing.length === 0) return { isAllowed: false, reason: '' };
  const distinct = missing.filter((text, index) => missing.indexOf(text) === index);
  const told = distinct.length === 1 ? distinct.join('') : `[${distinct.join(', ')}]`;
  return { isAllowed: false, reason: `RBAC: ${told}` };
}

/** Refuses what a user may not do. */
export function authorize(
  store: PolicyStore,
  user: User,
  attributes: ResourceAttributes,
): Refused | undefined {
  const { isAllowed, reason } = judge(store, user, attributes);
  return isAllowed ? undefined : refuse(user, attributes, reason);
}

/** apiserver: endpoints/handlers/responsewriters/errors.go ForbiddenStatusError. */
function refuse(user: User, attributes: ResourceAttributes, reason: string): Refused {
  const { group, resource, name = '' } = attributes;
  const subject = {
    group,
    plural: resource,
    kind: '',
    name: group === '' ? resource : `${resource}.${group}`,
  };
  const told = reason === '' ? '' : `: ${reason}`;
  return forbidden(subject, name, `${describe(user, attributes)}${told}`);
}

/** What a request is about, as the authorizers ask. */
export function attributesOf(
  request: Request,
  { plural, group, isNamespaced }: ServedResource,
): ResourceAttributes {
  const { verb, subresource } = request;
  const fieldSelector = 'fieldSelector' in request ? request.fieldSelector : undefined;
  const named =
    request.verb === 'create' || request.verb === 'update' ? request.object.metadata?.namespace : undefined;
  const namespace = isNamespaced ? (request.namespace ?? named) : undefined;
  const name = 'name' in request ? request.name : nameSelected(request);
  return {
    verb,
    group,
    resource: plural,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(fieldSelector !== undefined && { fieldSelector }),
  };
}

/** A list of one name is about that object (apiserver: endpoints/request/requestinfo.go). */
function nameSelected(request: Request): string | undefined {
  const selector = 'fieldSelector' in request ? request.fieldSelector : undefined;
  return /^metadata\.name=([^,=]+)$/.exec(selector ?? '')?.[1];
}

/** apiserver: endpoints/handlers/responsewriters/errors.go forbiddenMessage. */
function describe(user: User, { verb, group, resource, subresource, namespace }: ResourceAttributes): string {
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace ${quoteGo(namespace)}`;
  return `User ${quoteGo(user.name)} cannot ${verb} resource ${quoteGo(what)} in API group ${quoteGo(group)} ${where}`;
}

/** pkg/apis/rbac/v1/evaluation_helpers.go. */
function allows(rule: PolicyRule, attributes: Attributes): boolean {
  if (!hasOrAll(rule.verbs, attributes.verb)) return false;
  if ('path' in attributes) return rule.nonResourceURLs?.some((url) => isUrl(url, attributes.path)) ?? false;
  const { group, resource, subresource, name } = attributes;
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const resources = rule.resources ?? [];
  const isResource =
    hasOrAll(resources, what) || (subresource !== undefined && resources.includes(`*/${subresource}`));
  const names = rule.resourceNames ?? [];
  const isNamed = names.length === 0 || names.includes(name ?? '');
  return isResource && isNamed && hasOrAll(rule.apiGroups ?? [], group);
}

function hasOrAll(list: readonly string[], wanted: string): boolean {
  return list.includes('*') || list.includes(wanted);
}

function isUrl(url: string, path: string): boolean {
  if (url === '*' || url === path) return true;
  return url.endsWith('*') && path.startsWith(url.replace(/\*+$/, ''));
}
