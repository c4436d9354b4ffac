import { bool, int, list, refused, text } from '../../flags/flag.ts';
import { fail, failUsage, isNotFound } from '../failure.ts';
import {
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  SELECTOR_FLAG,
} from '../flags/common-flags.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';
import { LIST_FORMATS, readOutputFormat } from '../output/output-format.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { printGeneric, printHuman } from './get-answer.ts';
import { getRaw } from './get-raw.ts';
import { watchObjects } from './get-watch.ts';

export const get: Verb = {
  name: 'get',
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    bool('w,watch'),
    bool('watch-only'),
    bool('output-watch-events'),
    bool('ignore-not-found'),
    bool('no-headers'),
    bool('show-labels'),
    bool('show-kind'),
    bool('server-print', 'true'),
    list('L,label-columns'),
    text('sort-by'),
    int('chunk-size', '500'),
    text('raw'),
    ...refused(text('subresource')),
  ],
  run: getObjectsOf,
};

function* getObjectsOf(invocation: Invocation): Steps {
  const { args, flags, path } = invocation;
  if (flags.text('raw') !== '') return yield* getRaw(invocation);
  const isWatching = flags.bool('watch') || flags.bool('watch-only');
  if (!isWatching && args.length === 0 && flags.list('filename').length === 0)
    failNothingNamed(invocation, path);
  const output = flags.text('output');
  if (flags.bool('show-labels') && output !== '' && output !== 'wide') {
    fail(`--show-labels option cannot be used with ${output} printer`);
  }
  if (flags.bool('output-watch-events') && !isWatching) {
    fail('--output-watch-events option can only be used with --watch or --watch-only');
  }
  if (isWatching) return yield* watchObjects(invocation);
  const selection = yield* selectObjects(invocation, { args, isTypeEnough: true, isLatest: true });
  const format = readOutputFormat(invocation, LIST_FORMATS);
  const { infos, failures } = partVisited(selection.visited);
  const serious = flags.bool('ignore-not-found')
    ? failures.filter((failure) => !isNotFound(failure))
    : failures;
  if (format.type === 'human') printHuman(invocation, { infos, failures: serious, format, selection });
  else printGeneric(invocation, { infos, failures: serious, format, selection });
  return DONE;
}

function failNothingNamed(invocation: Invocation, path: string): never {
  const suggestion = 'Use "kubectl api-resources" for a complete list of supported resources.';
  invocation.err(`You must specify the type of resource to get. ${suggestion}\n\n`);
  const explain =
    'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).';
  return failUsage(path, `Required resource not specified.\n${explain}`);
}
