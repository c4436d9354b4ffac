import type { Verb } from './verb.ts';
import { apply } from './verbs/apply.ts';
import { create } from './verbs/create/create.ts';
import { deleteVerb } from './verbs/delete.ts';
import { get } from './verbs/get.ts';

/** Everything that kubectl can be told to do, in the order of its own help. */
export const VERBS: readonly Verb[] = [create, get, deleteVerb, apply];
