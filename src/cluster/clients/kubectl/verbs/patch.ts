import { parse } from 'yaml';
import type { PatchRequest } from '../../../contract/request.ts';
import { quoteGo } from '../../../objects/go-json.ts';
import type { JsonObject } from '../../../objects/json.ts';
import { kubernetesTags } from '../../../objects/manifest/kubernetes-tags.ts';
import { findFile } from '../../files.ts';
import { bool, type Flag, refused, text } from '../../flags/flag.ts';
import { type Failure, fail, failWith, withSource } from '../failure.ts';
import {
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  FILE_FLAGS,
  PRINT_FLAGS,
  RECORD_FLAG,
} from '../flags/common-flags.ts';
import { ask, DONE, type Invocation, type Steps } from '../invocation.ts';
import { type DryRun, readDryRun } from '../output/dry-run.ts';
import { reportObject } from '../output/report-object.ts';
import { type Info, targetOf } from '../resources/info.ts';
import { partVisited } from '../resources/read-files.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';

const FLAGS: readonly Flag[] = [
  ...PRINT_FLAGS,
  ...FILE_FLAGS,
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  RECORD_FLAG,
  text('p,patch'),
  text('patch-file'),
  text('type', 'strategic'),
  text('subresource'),
  ...refused(bool('local')),
];

export const patch: Verb = { name: 'patch', flags: FLAGS, run: patchObjects };

function* patchObjects(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  const [inline, file] = [flags.text('patch'), flags.text('patch-file')];
  if (inline !== '' && file !== '') fail('cannot specify --patch and --patch-file together');
  if (inline === '' && file === '')
    fail('must specify --patch or --patch-file containing the contents of the patch');
  const patchType = readType(flags.text('type'));
  const dryRun = readDryRun(invocation);
  const content = readPatch(file === '' ? inline : fileText(file, invocation));
  const { visited } = yield* selectObjects(invocation, { args, isLatest: true });
  const { infos, failures } = partVisited(visited);
  failWith(failures);
  for (const info of infos) {
    const failure = yield* patchOne(invocation, info, { patchType, content, dryRun });
    if (failure !== undefined) failWith([failure]);
  }
  if (infos.length === 0) fail('no objects passed to patch');
  return DONE;
}

function readType(word: string): Patching['patchType'] {
  const type = word.toLowerCase();
  if (type === 'json' || type === 'merge' || type === 'strategic') return type;
  return fail(`--type must be one of [json merge strategic], not ${quoteGo(word)}`);
}

function fileText(path: string, { files }: Invocation): string {
  const found = findFile(files, path);
  return found.type === 'file'
    ? found.text
    : fail(`unable to read patch file: open ${path}: no such file or directory`);
}

/** JSON goes to the API server as it is, which is the one to say that it is none; YAML is read here. */
function readPatch(source: string): unknown {
  if (/^\s*[{[]/.test(source)) {
    try {
      return JSON.parse(source);
    } catch {
      const message = 'error decoding patch: unexpected end of JSON input';
      failWith([{ status: { code: 400, reason: 'BadRequest', message } }]);
    }
  }
  try {
    return parse(source, { version: '1.1', customTags: kubernetesTags, logLevel: 'silent' });
  } catch {
    return fail(`unable to parse ${quoteGo(source)}: yaml: did not find expected node content`);
  }
}

interface Patching {
  readonly patchType: Exclude<PatchRequest['patchType'], 'apply'>;
  readonly content: unknown;
  readonly dryRun: DryRun;
}

function* patchOne(
  invocation: Invocation,
  info: Info,
  { patchType, content, dryRun }: Patching,
): Steps<Failure | undefined> {
  const subresource = invocation.flags.text('subresource');
  const target = { ...targetOf(info), ...(subresource === '' ? {} : { subresource }) };
  const response = yield* ask(invocation, {
    verb: 'patch',
    ...target,
    patchType,
    patch: content as JsonObject,
    strict: false,
    ...(dryRun === 'none' ? {} : { dryRun: true }),
  });
  if (!response.ok) return withSource({ status: response.status }, 'patching', info.source);
  const { object } = response;
  if (object === undefined) throw new Error('a patch is answered with the object');
  const before = info.object?.metadata.resourceVersion;
  const isSame = before === object.metadata.resourceVersion && dryRun === 'none';
  // That it only pretended is lost on the way (kubectl: patch.go sets the operation after the suffix).
  reportObject(invocation, {
    name: info.name,
    object,
    operation: isSame ? 'patched (no change)' : 'patched',
  });
  return undefined;
}
