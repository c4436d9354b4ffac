import type { Request } from '../../contract/request.ts';
import type { Refused } from '../../contract/response.ts';
import type { User } from '../../contract/user.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type { PolicyRule } from '../../objects/kubernetes.ts';
import type { ServedResource } from '../call.ts';
import { forbidden } from '../refusal.ts';
import type { Transaction } from '../store/transaction.ts';
import { rulesOf } from './rules-of.ts';

/** What is to be done with what. */
export type Attributes = ResourceAttributes | UrlAttributes;

export interface ResourceAttributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Absent for the whole cluster. */
  readonly namespace?: string;
  readonly name?: string;
}

export interface UrlAttributes {
  readonly verb: string;
  readonly path: string;
}

export interface Judgement {
  readonly isAllowed: boolean;
  /** Why not, if anything went wrong on the way. */
  readonly reason: string;
}

/** Roles only ever allow: whoever is bound to none may do nothing (rbac: RBACAuthorizer.Authorize). */
export function judge(store: Pick<Transaction, 'list'>, user: User, attributes: Attributes): Judgement {
  const namespace = 'path' in attributes ? undefined : attributes.namespace;
  const { rules, missing } = rulesOf(store, user, namespace);
  if (rules.some((rule) => allows(rule, attributes))) return { isAllowed: true, reason: '' };
  if (missing.length === 0) return { isAllowed: false, reason: '' };
  const distinct = missing.filter((text, index) => missing.indexOf(text) === index);
  const told = distinct.length === 1 ? distinct.join('') : `[${distinct.join(', ')}]`;
  return { isAllowed: false, reason: `RBAC: ${told}` };
}

/** Refuses what a user may not do. */
export function authorize(
  store: Transaction,
  user: User,
  { request, resource }: { readonly request: Request; readonly resource: ServedResource },
): Refused | undefined {
  const attributes = attributesOf(request, resource);
  const { isAllowed, reason } = judge(store, user, attributes);
  if (isAllowed) return undefined;
  const told = reason === '' ? '' : `: ${reason}`;
  return forbidden(resource, attributes.name ?? '', `${describe(user, attributes)}${told}`);
}

function attributesOf(request: Request, { plural, group, isNamespaced }: ServedResource): ResourceAttributes {
  const { verb, subresource } = request;
  const named =
    request.verb === 'create' || request.verb === 'update' ? request.object.metadata?.namespace : undefined;
  const namespace = isNamespaced ? (request.namespace ?? named) : undefined;
  const name = 'name' in request ? request.name : undefined;
  return {
    verb,
    group,
    resource: plural,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
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
