import type { CommandProblem } from '../command-line/command-problem.ts';
import { type Program, type TypedWord, UNKNOWN_TEXT } from '../program.ts';
import { certificateKey, checkExpiration, renew } from './certs.ts';
import type { Command } from './command.ts';
import { printInitDefaults, printJoinDefaults } from './config-print.ts';
import { readFlags } from './flags.ts';
import { imagesList, imagesPull } from './images.ts';
import { init } from './init.ts';
import { INIT_PHASES } from './init-phase.ts';
import { join } from './join.ts';
import { kubeconfigUser } from './kubeconfig-user.ts';
import { reset } from './reset.ts';
import { failed } from './run-phases.ts';
import { tokenCreate, tokenDelete, tokenGenerate, tokenList } from './token.ts';
import { upgradeApply } from './upgrade-apply.ts';
import { upgradeDiff } from './upgrade-diff.ts';
import { upgradeNode } from './upgrade-node.ts';
import { upgradePlan } from './upgrade-plan.ts';
import { uploadCertsPhase } from './uploaded-certs.ts';
import { version } from './version.ts';

/** By the words that call them. */
const COMMANDS: Readonly<Record<string, Command>> = {
  'certs certificate-key': certificateKey,
  'certs check-expiration': checkExpiration,
  'certs renew': renew,
  'alpha certs check-expiration': checkExpiration,
  'alpha certs renew': renew,
  'config images list': imagesList,
  'config images pull': imagesPull,
  'config print init-defaults': printInitDefaults,
  'config print join-defaults': printJoinDefaults,
  init,
  'init phase upload-certs': uploadCertsPhase,
  'kubeconfig user': kubeconfigUser,
  'alpha kubeconfig user': kubeconfigUser,
  ...Object.fromEntries(Object.entries(INIT_PHASES).map(([name, each]) => [`init phase ${name}`, each])),
  join,
  reset,
  'token create': tokenCreate,
  'token delete': tokenDelete,
  'token generate': tokenGenerate,
  'token list': tokenList,
  'upgrade apply': upgradeApply,
  'upgrade diff': upgradeDiff,
  'upgrade node': upgradeNode,
  'upgrade plan': upgradePlan,
  version,
};

/** What sets machines up, and brings them from version to version. */
export const kubeadm: Program = {
  type: 'program',
  name: 'kubeadm',
  isOfMachine: true,
  check: checkKubeadm,
  *run(call) {
    const found = commandOf(call.args);
    if (!found) return failed(call, `unknown command "${call.args[0] ?? ''}" for "kubeadm"`);
    const read = readFlags(call.args.slice(found.length), found.command.flags);
    if ('problem' in read) return failed(call, read.problem.message);
    return yield* found.command.run(call, read.flags);
  },
};

function commandOf(
  words: readonly string[],
): { readonly command: Command; readonly length: number } | undefined {
  // A phase is no call of the whole command.
  const least = words[1] === 'phase' ? 3 : 1;
  for (let length = 4; length >= least; length--) {
    const command = COMMANDS[words.slice(0, length).join(' ')];
    if (command) return { command, length };
  }
  return undefined;
}

function checkKubeadm(args: readonly TypedWord[]): CommandProblem | undefined {
  const words = args.map(({ text }) => text);
  const [first] = args;
  if (!first || words.some((word) => word.includes(UNKNOWN_TEXT))) return undefined;
  const found = commandOf(words);
  if (!found) {
    const { offset, length } = first;
    const called = words.filter((word) => !word.startsWith('-')).join(' ');
    const hint = `it has ${Object.keys(COMMANDS).join(', ')}`;
    return { code: 'unknownCommand', message: `kubeadm ${called} is not simulated`, hint, offset, length };
  }
  const read = readFlags(words.slice(found.length), found.command.flags);
  const word = 'problem' in read ? args[found.length + read.problem.index] : undefined;
  if (!('problem' in read) || !word) return undefined;
  const { offset, length } = word;
  const isUnknown = read.problem.kind === 'unknown';
  const message = isUnknown ? `kubeadm has no flag ${word.text} here` : read.problem.message;
  return { code: isUnknown ? 'unknownFlag' : 'badFlag', message, offset, length };
}
