import { SECOND } from '../../../kernel/time/millis.ts';
import type { Deed } from '../../contract/component.ts';
import { formatKubeVersion, type KubeVersion, parseKubeVersion } from '../../objects/versions.ts';
import {
  bareVersion,
  installOf,
  KUBE_PACKAGES,
  type KubePackage,
  packageVersion,
} from '../../world/installs.ts';
import { atOnce } from '../at-once.ts';
import type { CommandProblem } from '../command-line/command-problem.ts';
import { type Call, type Outcome, type Program, type TypedWord, UNKNOWN_TEXT } from '../program.ts';

/** How Debian's packages of Kubernetes number their builds; until 1.27 they lay in another repository. */
function debianVersion(version: KubeVersion): string {
  return `${bareVersion(version)}-${version.minor < 28 ? '00' : '1.1'}`;
}

const VERBS = ['update', 'install', 'upgrade', 'list', 'show', 'policy', 'madison'];

/** Debian's packages, of which Kubernetes' own make a difference here. */
export function aptFor(name: string): Program {
  return {
    type: 'program',
    name,
    isOfMachine: true,
    check: (args) => checkApt(name, args),
    *run(call) {
      const words = call.args.filter((word) => !word.startsWith('-'));
      switch (words[0]) {
        case 'update':
          call.write('stdout', updateText(call));
          return { exitCode: 0 };
        case 'install':
          return yield* install(call, words.slice(1));
        case 'policy':
          call.write('stdout', policyText(call, words.slice(1)));
          return { exitCode: 0 };
        case 'madison':
        case 'list':
        case 'show':
          return yield* madison(call, words.slice(1));
        default:
          call.write('stdout', `${READING}0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n`);
          return { exitCode: 0 };
      }
    },
  };
}

function checkApt(name: string, args: readonly TypedWord[]): CommandProblem | undefined {
  const verb = args.find(({ text }) => !text.startsWith('-'));
  if (!verb || VERBS.includes(verb.text) || verb.text.includes(UNKNOWN_TEXT)) return undefined;
  const { text, offset, length } = verb;
  return { code: 'notSimulated', message: `${name} ${text} is not simulated`, offset, length };
}

const READING =
  'Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n';

function updateText({ view }: Call): string {
  const { minor } = view.settings.version;
  const host =
    minor < 28 ? 'https://apt.kubernetes.io kubernetes-xenial' : 'https://pkgs.k8s.io/core:/stable:/deb ';
  return `Hit:1 http://deb.debian.org/debian bookworm InRelease\nHit:2 ${host} InRelease\nReading package lists... Done\n`;
}

interface Wanted {
  readonly name: KubePackage;
  /** Absent: whatever is there. */
  readonly version?: KubeVersion;
}

function isKube(name: string): name is KubePackage {
  return (KUBE_PACKAGES as readonly string[]).includes(name);
}

/** `kubelet=1.36.1-1.1`, `kubelet=1.36.1-*`, `kubelet-1.36.1`, `kubeadm`. */
function wantedIn(word: string): Wanted | { readonly problem: string } | undefined {
  const [, name = '', text] = /^([a-z]+)(?:[=-](.*))?$/.exec(word) ?? [];
  if (!isKube(name)) return undefined;
  if (text === undefined || text === '') return { name };
  const version = parseKubeVersion(text.replace(/-.*$/, ''));
  return version ? { name, version } : { problem: `E: Version '${text}' for '${name}' was not found` };
}

/**
 * The newest minor version there is, and how far each one's patches can go: what is beyond is not released.
 */
const NEWEST_MINOR = 36;
const MOST_PATCHES = 20;

function* install(call: Call, words: readonly string[]): Generator<Deed, Outcome, unknown> {
  const { machine: node = '', view, write, now, memory } = call;
  const wanted: Wanted[] = [];
  for (const word of words) {
    const one = wantedIn(word);
    if (one && 'problem' in one) return refused(call, one.problem);
    if (one) wanted.push(one);
  }
  const missing = wanted.find(
    ({ version }) => version && (version.minor > NEWEST_MINOR || version.patch > MOST_PATCHES),
  );
  if (missing?.version)
    return refused(
      call,
      `E: Version '${debianVersion(missing.version)}' for '${missing.name}' was not found`,
    );
  const current = (name: KubePackage): KubeVersion =>
    packageVersion(view.rows, view.settings, { node, name });
  const changed = wanted.flatMap(({ name, version }) =>
    version && formatKubeVersion(version) !== formatKubeVersion(current(name)) ? [{ name, version }] : [],
  );
  const held = changed.find(({ name }) => installOf(view.rows, node)?.held?.includes(name));
  if (held && !call.args.includes('--allow-change-held-packages'))
    return refused(
      call,
      'E: Held packages were changed and -y was used without --allow-change-held-packages.',
    );
  const until = typeof memory === 'number' ? memory : now + (changed.length > 0 ? 4 * SECOND : 0);
  if (now < until) return { pause: { memory: until, wakeAt: until } };
  write('stdout', READING);
  for (const { name, version } of wanted)
    if (!changed.some((each) => each.name === name))
      write(
        'stdout',
        `${name} is already the newest version (${debianVersion(version ?? current(name))}).\n`,
      );
  const names = changed.map(({ name }) => name).sort();
  if (names.length > 0) write('stdout', `The following packages will be upgraded:\n  ${names.join(' ')}\n`);
  write('stdout', `${names.length} upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n`);
  for (const { name, version } of changed) {
    const [before, after] = [debianVersion(current(name)), debianVersion(version)];
    write(
      'stdout',
      `Preparing to unpack .../${name}_${after}_amd64.deb ...\nUnpacking ${name} (${after}) over (${before}) ...\n`,
    );
  }
  for (const { name, version } of changed)
    write('stdout', `Setting up ${name} (${debianVersion(version)}) ...\n`);
  if (changed.length > 0) {
    const packages = Object.fromEntries(changed.map(({ name, version }) => [name, bareVersion(version)]));
    yield { type: 'PackagesInstalled', node, packages };
  }
  return { exitCode: 0 };
}

function refused({ write }: Call, problem: string): Outcome {
  write('stdout', READING);
  write('stderr', `${problem}\n`);
  return { exitCode: 100 };
}

/** What could be installed: `apt-cache madison kubeadm`. */
const madison = atOnce((call: Call, names: readonly string[]): Outcome => {
  const { machine: node = '', view, write } = call;
  for (const name of names.filter(isKube)) {
    const { minor } = packageVersion(view.rows, view.settings, { node, name });
    for (const version of [
      { minor: minor + 1, patch: 0 },
      packageVersion(view.rows, view.settings, { node, name }),
    ]) {
      if (version.minor > NEWEST_MINOR) continue;
      const source = `https://pkgs.k8s.io/core:/stable:/v1.${version.minor}/deb  Packages`;
      write('stdout', `${name.padStart(10)} | ${debianVersion(version)} | ${source}\n`);
    }
  }
  return { exitCode: 0 };
});

/** `apt-cache policy kubelet`. */
function policyText({ machine: node = '', view }: Call, names: readonly string[]): string {
  return names
    .filter(isKube)
    .map((name) => {
      const version = packageVersion(view.rows, view.settings, { node, name });
      const next = { minor: Math.min(NEWEST_MINOR, version.minor + 1), patch: 0 };
      const newer = next.minor > version.minor ? next : version;
      const source = `        500 https://pkgs.k8s.io/core:/stable:/v1.${newer.minor}/deb  Packages\n`;
      const table = newer === version ? '' : `     ${debianVersion(newer)} 500\n${source}`;
      return `${name}:\n  Installed: ${debianVersion(version)}\n  Candidate: ${debianVersion(newer)}\n  Version table:\n${table} *** ${debianVersion(version)} 100\n        100 /var/lib/dpkg/status\n`;
    })
    .join('');
}

/** `apt-mark hold kubelet`. */
export const aptMark: Program = {
  type: 'program',
  name: 'apt-mark',
  isOfMachine: true,
  *run({ args: [verb, ...names], machine: node = '', view, write }) {
    const held = installOf(view.rows, node)?.held ?? [];
    if (verb === 'showhold') {
      write('stdout', held.map((name) => `${name}\n`).join(''));
      return { exitCode: 0 };
    }
    const isHold = verb === 'hold';
    for (const name of names) {
      const isSo = held.includes(name) === isHold;
      if (isSo) write('stdout', `${name} was already ${isHold ? 'set on hold' : 'not on hold'}.\n`);
      else write('stdout', isHold ? `${name} set on hold.\n` : `Canceled hold on ${name}.\n`);
    }
    const next = isHold
      ? [...new Set([...held, ...names])].sort()
      : held.filter((name) => !names.includes(name));
    if (next.join(' ') !== held.join(' ')) yield { type: 'PackagesHeld', node, held: next };
    return { exitCode: 0 };
  },
};
