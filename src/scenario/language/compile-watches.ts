import type { Watch } from '../scenario.ts';
import { type Around, compileConditions } from './compile-condition.ts';
import { millisOf } from './compile-duration.ts';
import { aroundStep, expectationList } from './compile-steps.ts';
import type {
  AlwaysDocument,
  EventuallyDocument,
  ExpectationDocument,
  NeverDocument,
} from './schema/scenario-schema.ts';
import type { Story } from './stories.ts';

/** All that is watched while a story goes on: what is said of all of it first, then what its steps say. */
export function compileWatches(
  { watched, steps, shared, path, from }: Story,
  around: Around,
): readonly Watch[] {
  const whole = FORMS.flatMap((form) =>
    (watched[form] ?? []).flatMap((document, index) =>
      watchesOf({ form, document, path: [...path, form, index] }, around).map(
        (watch): Watch => (from > 1 ? { ...watch, step: from } : watch),
      ),
    ),
  );
  const ofSteps = steps
    .slice(shared)
    .flatMap(({ step: { expect }, path: at }, index) =>
      expectationList(expect).flatMap((expectation, place) =>
        watchesOfStep(
          expectation,
          [...at, 'expect', ...(Array.isArray(expect) ? [place] : [])],
          aroundStep(steps, shared + index, around),
        ),
      ),
    );
  return [...whole, ...ofSteps];
}

const FORMS = ['always', 'never', 'eventually'] as const;

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
