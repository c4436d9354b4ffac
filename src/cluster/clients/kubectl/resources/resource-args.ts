import { quoteGo } from '../../../objects/go-json.ts';
import { type Resource, resourceOf, resourcesInCategory } from '../../../objects/schema/resources.ts';
import { fail } from '../failure.ts';

/** What the arguments of a call name. */
export type ResourceArgs =
  | { readonly form: 'none' }
  /** `pods,services`: all of these resources. */
  | { readonly form: 'types'; readonly resources: readonly Resource[] }
  /** `pod a b`: names of one resource. */
  | { readonly form: 'names'; readonly resource: Resource; readonly names: readonly string[] }
  /** `pod/a service/b`, and `pod,service a`. */
  | {
      readonly form: 'pairs';
      readonly pairs: readonly { readonly resource: Resource; readonly name: string }[];
    };

/** Reads resource arguments (cli-runtime: Builder.ResourceTypeOrNameArgs). */
export function readResourceArgs(typed: readonly string[], among: readonly Resource[]): ResourceArgs {
  const args = pairEachTypeWithEachName(typed);
  const [first, ...rest] = args;
  if (first === undefined) return { form: 'none' };
  const slashed = args.filter((arg) => arg.includes('/')).length;
  if (slashed === args.length) return { form: 'pairs', pairs: args.map((arg) => readPair(arg, among)) };
  if (slashed > 0) {
    fail(
      'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form ' +
        "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  }
  const resources = splitTypes(first).flatMap((word) => expandCategory(word, among));
  if (rest.length === 0)
    return {
      form: 'types',
      resources: withoutRepetition(resources.map((word) => requireResource(word, among))),
    };
  const [only] = resources;
  if (resources.length > 1 || only === undefined) fail('you must specify only one resource');
  return { form: 'names', resource: requireResource(only ?? '', among), names: rest };
}

/** The resource that a word means, of those that the cluster serves. */
export function requireResource(word: string, among: readonly Resource[]): Resource {
  const [plural = ''] = word.split('.', 1);
  return resourceOf(word, among) ?? fail(`the server doesn't have a resource type ${quoteGo(plural)}`);
}

/** `a,b c` means `a/c b/c`. */
function pairEachTypeWithEachName(args: readonly string[]): readonly string[] {
  const [first, ...names] = args;
  if (first === undefined || names.length === 0) return args;
  const types = splitTypes(first);
  return types.length < 2 ? args : types.flatMap((type) => names.map((name) => `${type}/${name}`));
}

function splitTypes(arg: string): readonly string[] {
  return arg.split(',').filter((type, index, all) => all.indexOf(type) === index);
}

function expandCategory(word: string, among: readonly Resource[]): readonly string[] {
  const resources = resourcesInCategory(word, among);
  return resources.length === 0 ? [word] : resources.map(({ name }) => name);
}

function readPair(
  arg: string,
  among: readonly Resource[],
): { readonly resource: Resource; readonly name: string } {
  const parts = arg.split('/');
  if (parts.length !== 2) fail('arguments in resource/name form may not have more than one slash');
  const [type = '', name = ''] = parts;
  if (type === '' || name === '' || splitTypes(type).length !== 1) {
    fail('arguments in resource/name form must have a single resource and name');
  }
  return { resource: requireResource(type, among), name };
}

function withoutRepetition(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(
    (resource, index) => resources.findIndex(({ name }) => name === resource.name) === index,
  );
}
