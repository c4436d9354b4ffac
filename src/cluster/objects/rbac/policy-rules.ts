import { quoteGo } from '../go-json.ts';
import { compareText } from '../json.ts';
import type { PolicyRule } from '../kubernetes.ts';

/**
 * One rule for each verb and what it is about (component-helpers: auth/rbac/validation BreakdownRule).
 */
export function brokenDown({ verbs, ...rule }: PolicyRule): PolicyRule[] {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const names = resourceNames.length === 0 ? [{}] : resourceNames.map((name) => ({ resourceNames: [name] }));
  const of = apiGroups.flatMap((group) =>
    resources.flatMap((resource) =>
      verbs.flatMap((verb) =>
        names.map((named) => ({ verbs: [verb], apiGroups: [group], resources: [resource], ...named })),
      ),
    ),
  );
  const urls = nonResourceURLs.flatMap((url) =>
    verbs.map((verb) => ({ verbs: [verb], nonResourceURLs: [url] })),
  );
  return [...of, ...urls];
}

/** What is granted by some rules and not held by others, in the smallest pieces. */
export function uncovered(held: readonly PolicyRule[], granted: readonly PolicyRule[]): PolicyRule[] {
  return granted.flatMap(brokenDown).filter((piece) => !held.some((rule) => covers(rule, piece)));
}

/** auth/rbac/validation: ruleCovers, of a piece that has one verb, one resource and one name at most. */
function covers(rule: PolicyRule, piece: PolicyRule): boolean {
  const [name] = piece.resourceNames ?? [];
  const names = rule.resourceNames ?? [];
  const isNamed = names.length === 0 || (name !== undefined && names.includes(name));
  return (
    hasAllOf(rule.verbs, piece.verbs) &&
    hasAllOf(rule.apiGroups, piece.apiGroups) &&
    (piece.resources ?? []).every((resource) => hasResource(rule.resources ?? [], resource)) &&
    (piece.nonResourceURLs ?? []).every((url) => rule.nonResourceURLs?.some((own) => coversUrl(own, url))) &&
    isNamed
  );
}

function hasAllOf(own: readonly string[] = [], wanted: readonly string[] = []): boolean {
  return own.includes('*') || wanted.every((each) => own.includes(each));
}

function hasResource(own: readonly string[], wanted: string): boolean {
  if (own.includes('*') || own.includes(wanted)) return true;
  const slash = wanted.indexOf('/');
  return slash >= 0 && own.includes(`*${wanted.slice(slash)}`);
}

function coversUrl(own: string, wanted: string): boolean {
  return own === wanted || (own.endsWith('*') && wanted.startsWith(own.replace(/\*+$/, '')));
}

/**
 * The pieces about one resource as one rule, each as Go prints it, in order (registry/rbac: CompactRules;
 * rbac/v1: CompactString).
 */
export function describePieces(pieces: readonly PolicyRule[]): readonly string[] {
  const bySubject = new Map<string, PolicyRule>();
  for (const [index, piece] of pieces.entries()) {
    const { apiGroups, resources, resourceNames, nonResourceURLs } = piece;
    const subject = nonResourceURLs ? String(index) : JSON.stringify([apiGroups, resources, resourceNames]);
    const known = bySubject.get(subject);
    bySubject.set(subject, { ...piece, verbs: [...(known?.verbs ?? []), ...piece.verbs] });
  }
  return [...new Set([...bySubject.values()].map(compactText))].sort(compareText);
}

function compactText({ apiGroups, resources, nonResourceURLs, resourceNames, verbs }: PolicyRule): string {
  const parts: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['APIGroups', apiGroups],
    ['Resources', resources],
    ['NonResourceURLs', nonResourceURLs],
    ['ResourceNames', resourceNames],
    ['Verbs', verbs],
  ];
  const told = parts
    .filter(([, list]) => list?.length)
    .map(([name, list = []]) => `${name}:${quotedList(list)}`);
  return `{${told.join(', ')}}`;
}

/** `["a" "b"]`, as Go's `%q` writes a list. */
export function quotedList(list: readonly string[]): string {
  return `[${list.map(quoteGo).join(' ')}]`;
}
