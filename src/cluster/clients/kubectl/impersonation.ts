import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import type { Impersonated } from '../../contract/user.ts';
import type { FlagValues } from '../flags/flag-values.ts';
import type { Asking } from './asking.ts';
import { fail } from './failure.ts';
import type { Steps } from './invocation.ts';

/** Whom `--as` and `--as-group` name; undefined when kubectl speaks for itself. */
export function impersonatedBy(flags: FlagValues): Impersonated | undefined {
  const name = flags.text('as');
  const groups = flags.list('as-group');
  if (name !== '') return { name, ...(groups.length > 0 && { groups }) };
  if (groups.length > 0)
    fail('requesting uid, groups or user-extra for kubernetes-admin without impersonating a user');
  return undefined;
}

/** Sends all requests of a call as from somebody else. */
export function* speakingAs(asking: Asking, steps: Steps): Steps {
  let step = steps.next();
  while (!step.done) {
    const deed: Deed = step.value;
    const answer: Response = yield 'type' in deed ? deed : { ...deed, ...asking };
    step = steps.next(answer);
  }
  return step.value;
}

/** Verbs that see more than they ask the API server for. */
const ASIDE = ['proxy', 'top'];

/** Whether somebody else's rights would not be looked at all along. */
export function actsAside(path: string, words: readonly string[]): boolean {
  const [, verb = ''] = path.split(' ');
  return ASIDE.includes(verb) || (verb === 'get' && words.some((word) => /^(-w|--watch)/.test(word)));
}
