import { drawWhole } from '../../../../kernel/chance/draw.ts';
import { encodeGoJson } from '../../../objects/go-json.ts';
import { isEqualJson, type JsonObject } from '../../../objects/json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import { withLastApplied } from '../../../objects/last-applied.ts';
import { readManifest } from '../../../objects/manifest/read-manifest.ts';
import { checkShape } from '../../../objects/shape/check-shape.ts';
import { parseLine } from '../../command-line/parse-line.ts';
import { bool, type Flag, refused, text } from '../../flags/flag.ts';
import { editWithSed } from '../../pipes/sed.ts';
import { patchBetween, sendPatch } from '../change-object.ts';
import { describeRefusal, fail, failWith } from '../failure.ts';
import {
  FIELD_MANAGER_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  RECORD_FLAG,
  VALIDATE_FLAG,
} from '../flags/common-flags.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';
import { readOutputFormat } from '../output/output-format.ts';
import { reportObject } from '../output/report-object.ts';
import { shownObject } from '../output/shown-object.ts';
import { printYaml } from '../print/yaml/print-yaml.ts';
import { recorded } from '../record.ts';
import type { Info } from '../resources/info.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';

const FLAGS: readonly Flag[] = [
  ...PRINT_FLAGS,
  ...FILE_FLAGS,
  FIELD_MANAGER_FLAG,
  VALIDATE_FLAG,
  RECORD_FLAG,
  bool('save-config'),
  ...refused(bool('windows-line-endings'), bool('output-patch'), text('subresource')),
];

/** Nobody sits at an editor here: a command that edits a file stands for one. */
export const edit: Verb = { name: 'edit', flags: FLAGS, run: editObjects };

const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/** kubectl: editoptions.go Run. */
function* editObjects(invocation: Invocation): Steps {
  const { args, err } = invocation;
  readOutputFormat(invocation, ['json', 'yaml']);
  const { visited } = yield* selectObjects(invocation, { args, isLatest: true });
  const { infos, failures } = partVisited(visited);
  failWith(failures);
  const [info, second] = infos;
  if (second !== undefined) fail('several objects in one editor are not simulated: edit one after another');
  const { object } = info ?? {};
  if (info === undefined || object === undefined) return fail('edit cancelled, no objects found');
  const before = printYaml(shownObject(object));
  const after = withoutComments(edited(invocation, HEADER + before));
  if (after === before) {
    err('Edit cancelled, no changes made.\n');
    return DONE;
  }
  if (after.trim() === '') {
    err('Edit cancelled, saved file was empty.\n');
    return DONE;
  }
  return yield* saveOne(invocation, info, after);
}

function withoutComments(written: string): string {
  return written
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}

/** What the editor of the environment leaves of a text (kubectl: editor.go NewDefaultEditor). */
function edited({ call }: Invocation, written: string): string {
  const { environment } = call;
  const command = environment['KUBE_EDITOR'] || environment['EDITOR'] || 'vi';
  const words = wordsOf(command);
  const [program = '', ...args] = words;
  if (program === 'true' || program === 'cat' || program === ':') return written;
  const result = program === 'sed' ? editWithSed(args, written) : undefined;
  if (result !== undefined) return result;
  return fail(
    `nobody sits at the editor ${JSON.stringify(command)}: set KUBE_EDITOR to a command, ` +
      `for example KUBE_EDITOR="sed -i 's/old/new/'"`,
  );
}

function wordsOf(command: string): readonly string[] {
  const parsed = parseLine(command);
  const first = 'line' in parsed ? parsed.line.lists[0]?.first : undefined;
  if (first?.type !== 'pipeline') return [];
  const words = first.stages[0]?.words ?? [];
  return words.map(({ pieces }) => pieces.map((piece) => ('text' in piece ? piece.text : '')).join(''));
}

function* saveOne(invocation: Invocation, info: Info, after: string): Steps {
  const { flags, err } = invocation;
  const { object: before } = info as { readonly object: KubeObject };
  const { objects, failure } = readManifest(after, 'edited');
  const read = objects[0]?.object;
  const subject = `${info.resource.name} "${info.name}"`;
  const now = read as unknown as KubeObject;
  const isMisshapen =
    info.resource.custom === undefined && read !== undefined && checkShape(now, now).length > 0;
  if (read === undefined || failure !== undefined || isMisshapen)
    return giveUp(invocation, `${subject} is invalid`);
  if (now.kind !== before.kind || now.apiVersion !== before.apiVersion || now.metadata?.name !== info.name)
    return keepCopy(invocation, 'At least one of apiVersion, kind and name was changed');
  const shown = shownObject(before) as unknown as KubeObject;
  if (isEqualJson(now as unknown as JsonObject, shown as unknown as JsonObject)) {
    err('Edit cancelled, no changes made.\n');
    return DONE;
  }
  const kept = flags.bool('save-config') ? withLastApplied(now) : now;
  const wanted = recorded(invocation, kept, FLAGS);
  const patch = patchBetween(shown, wanted, 'strategic');
  const outcome = yield* sendPatch(invocation, { info, patch, kind: 'strategic', dryRun: 'none' });
  if ('object' in outcome) {
    reportObject(invocation, { name: info.name, object: outcome.object, operation: 'edited' });
    return DONE;
  }
  const status = 'status' in outcome ? outcome.status : undefined;
  if (status?.code === 422) return giveUp(invocation, `${subject} is invalid`);
  const why =
    status === undefined
      ? encodeGoJson(patch)
      : describeRefusal(status).replace(/^Error from server \(\w+\): /, '');
  err(`error: ${subject} could not be patched: ${why}\n`);
  err(`You can run \`kubectl replace -f ${temporaryFile(invocation)}\` to try this update again.\n`);
  return { exitCode: 1 };
}

/** The editor is opened again, and leaves what is wrong as it is. */
function giveUp(invocation: Invocation, why: string): never {
  invocation.err(`error: ${why}\n`);
  return keepCopy(invocation, 'Edit cancelled, no valid changes were saved.');
}

function keepCopy(invocation: Invocation, why: string): never {
  invocation.err(`A copy of your changes has been stored to "${temporaryFile(invocation)}"\n`);
  return fail(why);
}

function temporaryFile({ view, call }: Invocation): string {
  const number = drawWhole(view.chance, 100_000_000, 4_294_967_295, 'edit-file', call.command, call.instance);
  return `/tmp/kubectl-edit-${number}.yaml`;
}
