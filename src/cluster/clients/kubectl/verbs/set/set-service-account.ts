import { fail } from '../../failure.ts';
import type { Invocation, Steps } from '../../invocation.ts';
import { withPodSpec } from '../../pod-template.ts';
import type { Verb } from '../../verb.ts';
import { changeTemplates, noPodTemplate, SET_FLAGS } from './change-templates.ts';

const FLAGS = SET_FLAGS.filter(({ name }) => name !== 'selector');

export const setServiceAccount: Verb = {
  name: 'serviceaccount',
  aliases: ['sa'],
  flags: FLAGS,
  run: setAccount,
};

function* setAccount(invocation: Invocation): Steps {
  const { args } = invocation;
  const name = args.at(-1) ?? fail('serviceaccount is required');
  return yield* changeTemplates(invocation, {
    resources: args.slice(0, -1),
    flags: FLAGS,
    operation: 'serviceaccount updated',
    failure: 'failed to patch ServiceAccountName ',
    isSentUnchanged: true,
    change(object, problems) {
      const changed = withPodSpec(object, (spec) => ({ ...spec, serviceAccountName: name }));
      if (changed === undefined) problems.push(noPodTemplate(object));
      return changed;
    },
  });
}
