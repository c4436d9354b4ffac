import type { Json } from '../../../objects/json.ts';
import { readLastApplied } from '../../../objects/last-applied.ts';
import { bool, text } from '../../flags/flag.ts';
import { failUsage, failWith } from '../failure.ts';
import { FILE_FLAGS, SELECTOR_FLAG } from '../flags/common-flags.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';
import { printYaml } from '../print/yaml/print-yaml.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';

export const viewLastApplied: Verb = {
  name: 'view-last-applied',
  flags: [...FILE_FLAGS, SELECTOR_FLAG, text('o,output', 'yaml'), bool('all')],
  run: view,
};

function* view(invocation: Invocation): Steps {
  const { args, flags, out, path } = invocation;
  const { visited } = yield* selectObjects(invocation, { args, isTypeEnough: true, isLatest: true });
  const { infos, failures } = partVisited(visited);
  const configurations: Json[] = [];
  for (const { object } of infos) {
    const applied = object && readLastApplied(object);
    // One that was never applied is passed over in silence (kubectl: AddSourceToErr of no error).
    if (applied === undefined) continue;
    configurations.push(applied as Json);
  }
  failWith(failures);
  for (const configuration of configurations) {
    const output = flags.text('output');
    if (output === 'yaml') out(printYaml(configuration));
    else if (output === 'json') out(`${JSON.stringify(configuration, null, 2)}\n`);
    else failUsage(path, `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`);
  }
  return DONE;
}
