import { int } from '../../../flags/flag.ts';
import { type Failure, fail } from '../../failure.ts';
import { FILE_FLAGS, PRINT_FLAGS, SELECTOR_FLAG } from '../../flags/common-flags.ts';
import type { Invocation, Steps } from '../../invocation.ts';
import { readOutputFormat } from '../../output/output-format.ts';
import { shownObject } from '../../output/shown-object.ts';
import { templateLines } from '../../print/describe/describe-template.ts';
import { alignColumns, DESCRIBE_ALIGNMENT } from '../../print/table/align-columns.ts';
import { CHANGE_CAUSE } from '../../record.ts';
import { groupKind, type Info, subjectOf } from '../../resources/info.ts';
import { selectObjects } from '../../resources/select-objects.ts';
import type { Verb } from '../../verb.ts';
import { visitEach } from '../../visit.ts';
import { type Revision, revisionsOf } from './revisions.ts';

export const rolloutHistory: Verb = {
  name: 'history',
  flags: [...PRINT_FLAGS, ...FILE_FLAGS, SELECTOR_FLAG, int('revision', '0')],
  run: showHistory,
};

function* showHistory(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  if (args.length === 0 && flags.list('filename').length === 0) fail('required resource not specified');
  if (flags.int('revision') < 0) fail(`revision must be a positive integer: ${flags.int('revision')}`);
  const { visited } = yield* selectObjects(invocation, { args, isTypeEnough: true, isLatest: true });
  return yield* visitEach(visited, (info) => showOne(invocation, info));
}

function showOne(invocation: Invocation, info: Info): Failure | undefined {
  const { flags, out } = invocation;
  const wanted = flags.int('revision');
  const revisions = info.object && revisionsOf(invocation, info.object);
  if (revisions === undefined) {
    return {
      message: `no history viewer has been implemented for "${groupKind(info.resource)}"`,
    };
  }
  const chosen = wanted === 0 ? revisions : revisions.filter(({ number }) => number === wanted);
  if (wanted > 0 && chosen.length === 0 && revisions.length > 0) {
    return { message: 'unable to find the specified revision' };
  }
  const format = readOutputFormat(invocation);
  if (format.type === 'object') {
    for (const { keeper } of chosen) out(format.print(shownObject(keeper)));
    return undefined;
  }
  const text = revisions.length === 0 ? 'No rollout history found.' : historyText(invocation, chosen, wanted);
  out(`${subjectOf(info)} ${wanted === 0 ? '' : `with revision #${wanted}`}\n${text}\n`);
  return undefined;
}

function historyText(invocation: Invocation, revisions: readonly Revision[], wanted: number): string {
  const [first] = revisions;
  if (wanted > 0 && first !== undefined) return templateText(invocation, first);
  const rows = revisions.map(({ number, changeCause }) => `${number}\t${changeCause || '<none>'}`);
  return alignColumns(`REVISION\tCHANGE-CAUSE\n${rows.join('\n')}\n`, DESCRIBE_ALIGNMENT).text;
}

/** The template with the tabs between titles and values, which nobody aligns here. */
export function templateText(
  { epochNow: now, version }: Invocation,
  { template, changeCause }: Revision,
): string {
  const { metadata = {} } = template;
  const annotations =
    changeCause === '' ? metadata.annotations : { ...metadata.annotations, [CHANGE_CAUSE]: changeCause };
  const shown = {
    ...template,
    metadata: { ...metadata, ...(annotations === undefined ? {} : { annotations }) },
  };
  return `${templateLines(shown, { now, version }).join('\n')}\n`;
}
