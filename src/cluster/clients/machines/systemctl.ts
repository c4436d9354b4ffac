import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Deed } from '../../contract/component.ts';
import { KUBELET_RESTART_MS } from '../../kubeadm/kubelet-unit.ts';
import { kubeletVersion } from '../../world/installs.ts';
import { skewNotice } from '../../world/version-skew.ts';
import type { CommandProblem } from '../command-line/command-problem.ts';
import { type Call, type Outcome, type Program, type TypedWord, UNKNOWN_TEXT } from '../program.ts';
import { propertiesText, unitFileList, unitList, unitText } from './unit-lists.ts';
import { statusText } from './unit-status.ts';
import { activeState, stateOfUnit, type Unit, unitCalled } from './units.ts';

/** From the end of a service's process until it is up again, as systemd takes it. */
const RESTART_MS = [90, 260] as const;

const VERBS = [
  'start',
  'stop',
  'restart',
  'reload',
  'try-restart',
  'status',
  'enable',
  'disable',
  'is-active',
  'is-enabled',
  'daemon-reload',
  'cat',
  'show',
  'is-failed',
  'reset-failed',
  'kill',
  'list-units',
  'list-unit-files',
] as const;
type Verb = (typeof VERBS)[number];

/** Orders to systemd: what they do to kubelets and runtimes is theirs. */
export const systemctl: Program = {
  type: 'program',
  name: 'systemctl',
  isOfMachine: true,
  check: checkSystemctl,
  run: (call) => systemd(call, call.args),
};

/** `service kubelet restart`. */
export const service: Program = {
  type: 'program',
  name: 'service',
  isOfMachine: true,
  check: ([unit, verb]) => (unit && verb ? checkSystemctl([verb, unit]) : undefined),
  run: (call) => systemd(call, [call.args[1] ?? 'status', call.args[0] ?? '']),
};

function checkSystemctl(args: readonly TypedWord[]): CommandProblem | undefined {
  const verb = args.find(({ text }) => !text.startsWith('-'));
  if (!verb || (VERBS as readonly string[]).includes(verb.text) || verb.text.includes(UNKNOWN_TEXT))
    return undefined;
  const { text, offset, length } = verb;
  const message = `systemctl ${text} is not simulated`;
  return { code: 'notSimulated', message, hint: `it has ${VERBS.join(', ')}`, offset, length };
}

interface Order {
  readonly call: Call;
  readonly node: string;
  readonly verb: Verb;
  readonly units: readonly Unit[];
  readonly isNow: boolean;
}

function* systemd(call: Call, args: readonly string[]): Generator<Deed, Outcome, unknown> {
  const words = args.filter(
    (word, at) => !word.startsWith('-') && !/^(?:-[ptn]|--property|--type|--state)$/.test(args[at - 1] ?? ''),
  );
  const [verb = 'list-units', ...names] = words;
  const { machine: node = '', write } = call;
  if (verb === 'daemon-reload' || (verb === 'reset-failed' && names.length === 0)) return { exitCode: 0 };
  if (verb === 'list-units' || verb === 'list-unit-files') {
    write('stdout', verb === 'list-units' ? unitList(call, args, names) : unitFileList(call, args, names));
    return { exitCode: 0 };
  }
  const units: Unit[] = [];
  for (const name of names) {
    const unit = unitCalled(name);
    if (unit) units.push(unit);
    else return unknownUnit(call, verb, name);
  }
  if (units.length === 0) {
    write('stderr', 'Too few arguments.\n');
    return { exitCode: 1 };
  }
  return yield* obey({ call, node, verb: verb as Verb, units, isNow: args.includes('--now') });
}

/** systemd: systemctl-start-unit.c, systemctl-show.c. */
function unknownUnit({ write }: Call, verb: string, name: string): Outcome {
  const full = name.includes('.') ? name : `${name}.service`;
  if (verb === 'is-active') {
    write('stdout', 'inactive\n');
    return { exitCode: 4 };
  }
  if (verb === 'status') {
    write('stderr', `Unit ${full} could not be found.\n`);
    return { exitCode: 4 };
  }
  const isFile = ['enable', 'disable', 'is-enabled', 'cat'].includes(verb);
  const why = isFile
    ? `Failed to ${verb === 'is-enabled' ? 'get unit file state for' : verb} ${isEnable(verb) ? 'unit: Unit file ' : ''}${full}${isEnable(verb) ? ' does not exist.' : ': No such file or directory'}`
    : `Failed to ${verb} ${full}: Unit ${full} not found.`;
  write('stderr', `${why}\n`);
  return { exitCode: isFile ? 1 : 5 };
}

function isEnable(verb: string): boolean {
  return verb === 'enable' || verb === 'disable';
}

function* obey(order: Order): Generator<Deed, Outcome, unknown> {
  const { call, node, verb, units, isNow } = order;
  const { view, write } = call;
  const states = units.map((unit) => stateOfUnit(view.rows, node, unit));
  switch (verb) {
    case 'is-active':
      for (const state of states) write('stdout', `${activeState(state)}\n`);
      return { exitCode: states.some(({ runs }) => runs) ? 0 : 3 };
    case 'is-enabled':
      for (const { enabled } of states) write('stdout', `${enabled ? 'enabled' : 'disabled'}\n`);
      return { exitCode: states.some(({ enabled }) => enabled) ? 0 : 1 };
    case 'status': {
      write('stdout', units.map((unit) => statusText(call, node, unit)).join('\n'));
      return { exitCode: states.every(({ runs }) => runs) ? 0 : 3 };
    }
    case 'is-failed':
      for (const state of states) write('stdout', `${activeState(state)}\n`);
      return { exitCode: 1 };
    case 'cat':
      write('stdout', units.map((unit) => unitText(call, unit)).join('\n'));
      return { exitCode: 0 };
    case 'show':
      for (const unit of units) write('stdout', propertiesText(call, unit));
      return { exitCode: 0 };
    case 'kill':
      for (const unit of units) yield* killUnit(order, unit);
      return { exitCode: 0 };
    case 'reset-failed':
      return { exitCode: 0 };
    case 'enable':
    case 'disable':
      yield* enable(order);
      return isNow ? yield* turnEach(order, verb === 'enable') : { exitCode: 0 };
    case 'start':
    case 'stop':
      return yield* turnEach(order, verb === 'start');
    case 'reload':
      return { exitCode: 0 };
    default:
      return yield* restart(order);
  }
}

function* enable({ call, node, verb, units }: Order): Generator<Deed, void, unknown> {
  const wanted = '/etc/systemd/system/multi-user.target.wants';
  for (const unit of units) {
    const { name } = unit;
    const link = `${wanted}/${name}.service`;
    if (stateOfUnit(call.view.rows, node, unit).enabled === (verb === 'enable')) continue;
    const told =
      verb === 'enable'
        ? `Created symlink ${link} → /lib/systemd/system/${name}.service.`
        : `Removed "${link}".`;
    call.write('stderr', `${told}\n`);
    yield { type: verb === 'enable' ? 'ServiceEnabled' : 'ServiceDisabled', node, service: name };
  }
}

function* turnEach(order: Order, on: boolean): Generator<Deed, Outcome, unknown> {
  for (const unit of order.units) yield* turn(order, unit, on);
  return { exitCode: 0 };
}

/** What somebody ends is started again (kubelet.service: Restart=always). */
function* killUnit({ call, node }: Order, unit: Unit): Generator<Deed, void, unknown> {
  const { view, now } = call;
  if (unit.name === 'kubelet' && stateOfUnit(view.rows, node, unit).runs)
    yield { type: 'KubeletStopped', node, until: now + KUBELET_RESTART_MS };
}

/** Starts or stops a service, unless it is so already. */
function* turn({ call, node }: Order, unit: Unit, on: boolean): Generator<Deed, void, unknown> {
  const { frozen, until } = call.view.rows.row('machines', node)?.kubelet ?? {};
  // One that stands still, or that waits for being started again, is neither here nor there.
  const isBetween = unit.name === 'kubelet' && (frozen === true || until !== undefined);
  if (stateOfUnit(call.view.rows, node, unit).runs === on && !isBetween) return;
  if (unit.name === 'kubelet') {
    yield { type: on ? 'KubeletStarted' : 'KubeletStopped', node };
    if (on) yield* tellSkew(call, node);
  } else yield { type: on ? 'ServiceStarted' : 'ServiceStopped', node, service: unit.name };
}

/** No kubelet refuses to start because of its version. */
function* tellSkew({ view: { rows, settings } }: Call, node: string): Generator<Deed, void, unknown> {
  const version = kubeletVersion(rows, settings, node);
  const notice = skewNotice(rows, settings, { who: `the kubelet of ${node}`, program: 'kubelet', version });
  if (notice) yield notice;
}

function* restart(order: Order): Generator<Deed, Outcome, unknown> {
  const { call, units } = order;
  const { memory, now, view } = call;
  if (typeof memory !== 'number') {
    for (const unit of units) yield* turn(order, unit, false);
    const [low, high] = RESTART_MS;
    const takes = drawWhole(view.chance, low, high, 'restart of a unit', call.command, call.instance);
    return { pause: { memory: now + takes, wakeAt: now + takes } };
  }
  if (now < memory) return { pause: { memory, wakeAt: memory } };
  for (const unit of units) yield* turn(order, unit, true);
  return { exitCode: 0 };
}
