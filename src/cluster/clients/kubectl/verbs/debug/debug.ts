import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { Node, Pod } from '../../../../objects/kubernetes.ts';
import { array, bool, list, refused, text } from '../../../flags/flag.ts';
import type { TypedWord } from '../../../program.ts';
import { fail, failWith } from '../../failure.ts';
import { DONE, type Invocation, type Steps } from '../../invocation.ts';
import { partVisited } from '../../resources/read-files.ts';
import { selectObjects } from '../../resources/select-objects.ts';
import type { Refused, Verb } from '../../verb.ts';
import { refuseShell } from '../exec.ts';
import { type AttachMemory, attachToDebugger, type Debugged } from './attach-to-debugger.ts';
import { checkDebugCall } from './check-debug-call.ts';
import type { DebugCall } from './debug-call.ts';
import { addEphemeral, createCopy, createNodePod } from './debug-targets.ts';

export const debug: Verb = {
  name: 'debug',
  flags: [
    bool('arguments-only'),
    bool('attach'),
    text('c,container'),
    text('copy-to'),
    array('env'),
    text('image'),
    text('image-pull-policy'),
    bool('keep-annotations'),
    bool('keep-init-containers', 'true'),
    bool('keep-labels'),
    bool('keep-liveness'),
    bool('keep-readiness'),
    bool('keep-startup'),
    text('profile'),
    bool('q,quiet'),
    bool('replace'),
    bool('same-node'),
    list('set-image'),
    bool('share-processes', 'true'),
    bool('i,stdin'),
    text('target'),
    bool('t,tty'),
    ...refused(text('custom'), list('f,filename')),
  ],
  refusal: refuseTyping,
  run: debugObjects,
};

/** `-i`, `-it`, `--stdin`. */
const TYPING = /^-(?:[a-z]*i[a-z]*|-stdin)$/;

/** Nobody can type into what it starts, so it has to be told what to do. */
function refuseTyping(words: readonly TypedWord[]): Refused | undefined {
  const word = words.find(({ text: each }) => TYPING.test(each));
  if (word === undefined) return undefined;
  if (words.some(({ text: each }) => each === '--')) return refuseShell(words, {});
  const hint = 'let it do what you would type into it: -- sh -c "…"';
  return { word, what: 'a shell that somebody types into', hint };
}

function* debugObjects(invocation: Invocation): Steps {
  const { args, call, dashAt = args.length } = invocation;
  const memory = call.memory as AttachMemory | undefined;
  if (memory !== undefined) return attachToDebugger(invocation, memory);
  const names = args.slice(0, dashAt);
  const command = args.slice(dashAt);
  const profile = checkDebugCall(invocation, names, command);
  const { visited } = yield* selectObjects(invocation, {
    args: names.map((name) => (name.includes('/') ? name : `pods/${name}`)),
    isLatest: true,
  });
  const { infos, failures } = partVisited(visited);
  failWith(failures);
  for (const { object } of infos) {
    if (object === undefined) continue;
    const debugged: Debugged = yield* debugOne(invocation, object, { command, profile });
    if (attaches(invocation) && debugged.container !== '')
      return attachToDebugger(invocation, { ...debugged, stage: 'starting' });
  }
  return DONE;
}

function debugOne(invocation: Invocation, object: KubeObject, debugCall: DebugCall): Steps<Debugged> {
  if (object.kind === 'Node') return createNodePod(invocation, object as Node, debugCall);
  if (object.kind !== 'Pod') return fail(`"${gvk(object.apiVersion, object.kind)}" not supported by debug`);
  return invocation.flags.text('copy-to') === ''
    ? addEphemeral(invocation, object as Pod, debugCall)
    : createCopy(invocation, object as Pod, debugCall);
}

/** `apps/v1, Kind=Deployment`: how Go prints a kind with its version. */
function gvk(apiVersion = '', kind = ''): string {
  return `${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Kind=${kind}`;
}

function attaches({ flags }: Invocation): boolean {
  return flags.isSet('attach') ? flags.bool('attach') : flags.bool('stdin');
}
