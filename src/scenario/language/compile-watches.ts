import type { Watch } from '../scenario.ts';
import { type Around, compileConditions } from './compile-condition.ts';
import { millisOf } from './compile-duration.ts';
import { aroundStep, expectationList } from './compile-steps.ts';
import type {
  AlwaysDocument,
  EventuallyDocument,
  ExpectationDocument,
  NeverDocument,
  ScenarioDocument,
} from './schema/scenario-schema.ts';

/** All that is watched while the story goes on: what is said of all of it first, then what steps say. */
export function compileWatches(document: ScenarioDocument, around: Around): readonly Watch[] {
  const { always = [], never = [], eventually = [], steps } = document;
  return [
    ...always.flatMap((each, index) =>
      watchesOf({ form: 'always', document: each, path: ['always', index] }, around),
    ),
    ...never.flatMap((each, index) =>
      watchesOf({ form: 'never', document: each, path: ['never', index] }, around),
    ),
    ...eventually.flatMap((each, index) =>
      watchesOf({ form: 'eventually', document: each, path: ['eventually', index] }, around),
    ),
    ...steps.flatMap(({ expect }, step) =>
      expectationList(expect).flatMap((expectation, index) =>
        watchesOfStep(
          expectation,
          ['steps', step, 'expect', ...(Array.isArray(expect) ? [index] : [])],
          aroundStep(steps, step, around),
        ),
      ),
    ),
  ];
}

function watchesOfStep(
  { always, never, eventually }: ExpectationDocument,
  path: Watch['path'],
  around: Around,
): readonly Watch[] {
  const watches = (of: Of | undefined, through?: 'step' | 'end'): readonly Watch[] =>
    of === undefined
      ? []
      : watchesOf(of, around).map((watch) => ({
          ...watch,
          step: (around.step ?? 0) + 1,
          ...(through === 'step' && { ofStep: true as const }),
        }));
  return [
    ...watches(always && { form: 'always', document: always, path: [...path, 'always'] }, always?.through),
    ...watches(never && { form: 'never', document: never, path: [...path, 'never'] }, never?.through),
    ...watches(eventually && { form: 'eventually', document: eventually, path: [...path, 'eventually'] }),
  ];
}

interface Of {
  readonly form: Watch['form'];
  readonly path: Watch['path'];
  readonly document: AlwaysDocument | NeverDocument | EventuallyDocument;
}

/** What must stay so is watched by itself, each of its conditions: one may be about many objects. */
function watchesOf({ form, path, document }: Of, around: Around): readonly Watch[] {
  const { what: plain, conditions } = compileConditions(document, around);
  const { for: lasting, until: end } = { until: undefined, ...document };
  const until = end === undefined ? undefined : compileConditions(end, around);
  const during = [
    ...(lasting === undefined ? [] : [` for ${lasting}`]),
    ...(until === undefined ? [] : [` until ${until.what}`]),
  ];
  const what = `${WORDS[form]}${plain}${during.join('')}`;
  const more = {
    form,
    path,
    what,
    ...(lasting !== undefined && { forMs: millisOf(lasting) }),
    ...(until && { until }),
  };
  return form === 'always'
    ? conditions.map((condition) => ({ ...more, conditions: [condition] }))
    : [{ ...more, conditions }];
}

const WORDS: Readonly<Record<Watch['form'], string>> = {
  always: '',
  never: 'never ',
  eventually: 'at some time ',
};
