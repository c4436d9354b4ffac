import type { AnywhereFault } from '../../cluster/faults/anywhere-fault.ts';
import type { ControlPlaneFault } from '../../cluster/faults/control-plane-fault.ts';
import { isOfProgram, type MachineFault } from '../../cluster/faults/fault.ts';
import type { HindranceFault } from '../../cluster/faults/hindrance-fault.ts';
import type { PathFault, PathOrder } from '../../cluster/faults/path-fault.ts';
import { CONTROL_PLANE, EVERYBODY } from '../../cluster/world/reach.ts';
import { formatGoDuration } from '../../kernel/time/go-duration.ts';
import type { Broken } from '../scenario.ts';

/** What breaks, or is mended, in one line: `the network of node-1 is cut from the control plane`. */
export function nameOfBroken(order: Broken): string {
  if ('controlPlane' in order) return nameOfControlPlaneFault(order.controlPlane);
  if ('anywhere' in order) return nameOfAnywhereFault(order.anywhere);
  const { nodes, fault } = order;
  if (isOfProgram(fault)) {
    return [fault.of, ...(nodes.length > 0 ? [`of ${nodes.join(', ')}`] : []), fault.does].join(' ');
  }
  return `the ${fault.of} of ${nodes.map(partyText).join(', ')} ${doesText(fault)}`;
}

function doesText(fault: MachineFault): string {
  switch (fault.of) {
    case 'network': {
      if (fault.from.includes(EVERYBODY)) return fault.does;
      return `${fault.does} ${fault.does === 'is cut' ? 'from' : 'with'} ${fault.from.map(partyText).join(', ')}`;
    }
    case 'disk':
      return fault.does === 'fills' ? `fills by ${Math.round(fault.sizeBytes / 2 ** 20)}Mi` : fault.does;
    case 'clock':
      if (fault.byMs === 0) return 'is right again';
      return `is ${formatGoDuration(Math.abs(fault.byMs))} ${fault.byMs < 0 ? 'behind' : 'ahead'}`;
    default:
      return fault.does;
  }
}

function partyText(party: string): string {
  return party === CONTROL_PLANE ? 'the control plane' : party.replace(/^zone\//, 'zone ');
}

function nameOfControlPlaneFault({ of, does, as }: ControlPlaneFault): string {
  return `${of} ${does} ${does === 'is saved' ? 'as' : 'to'} ${as}`;
}

function nameOfAnywhereFault(fault: AnywhereFault): string {
  switch (fault.of) {
    case 'registry':
      return registryText(fault);
    case 'watches': {
      const what = fault.resources === undefined ? 'watches' : `watches of ${fault.resources.join(', ')}`;
      return `the ${what} by ${fault.program} break`;
    }
    case 'container': {
      const isAll = fault.container === undefined;
      const what = isAll ? 'the containers' : `container ${fault.container}`;
      const does = fault.does === 'is killed' ? `killed (SIG${fault.signal})` : FREEZING[fault.does];
      return `${what} of ${fault.pod} ${isAll ? 'are' : 'is'} ${does}`;
    }
    case 'path':
      return pathFaultText(fault);
    case 'program':
      return hindranceText(fault);
  }
}

const FREEZING = { 'is frozen': 'frozen (SIGSTOP)', 'is resumed': 'running again (SIGCONT)' } as const;

function pathFaultText(fault: PathFault): string {
  if (fault.does === 'is mended')
    return fault.path ? `the path ${pathName(fault.path)} is well` : 'all paths are well';
  const path = `the path ${pathName(fault)}`;
  if (fault.harm === 'cut') return `${path} is cut`;
  return fault.harm === 'slow'
    ? `${path} takes ${formatGoDuration(fault.lateMs ?? 0)} longer`
    : `${path} loses ${shareText(fault.lost)} of the packets`;
}

function pathName({ from, to, bothWays }: PathOrder): string {
  const [one, other] = [from.text, to.text].map(partyText);
  return bothWays ? `between ${one} and ${other}` : `from ${one} to ${other}`;
}

function shareText(share = 1): string {
  return `${Math.round(share * 1000) / 10} %`;
}

function hindranceText({ does, nodes, hindrance }: HindranceFault): string {
  const { of, program, byMs, times, share, code } = hindrance;
  const whose = nodes ? ` of ${nodes.map(partyText).join(', ')}` : '';
  const name = program === '*' ? 'everybody' : program;
  if (does === 'is relieved') return `${OF[of]}${name}${whose} ${of === 'work' ? 'is' : 'are'} as before`;
  switch (of) {
    case 'work': {
      const longer = byMs === undefined ? `${times} times as long` : `${formatGoDuration(byMs)} longer`;
      return `${name}${whose} takes ${longer}${program === 'etcd' ? ' to write to its disk' : ' for each piece of work'}`;
    }
    case 'watches':
      return `${OF[of]}${name}${whose} bring everything ${formatGoDuration(byMs ?? 0)} later`;
    case 'requests':
      return `${shareText(share)} of ${OF[of]}${name}${whose} are answered ${code}`;
  }
}

const OF = { work: '', watches: 'the watches of ', requests: 'the requests of ' } as const;

const ANSWERS = {
  unreachable: 'can not be reached',
  unauthorized: 'refuses access',
  rateLimited: 'limits pulls',
  serverError: 'answers 503',
  notFound: 'has no images',
} as const;

function registryText(fault: Extract<AnywhereFault, { of: 'registry' }>): string {
  const which = fault.registry === '*' ? 'every registry' : `the registry ${fault.registry}`;
  if (fault.does === 'is mended') return `${which} is well again`;
  if (fault.answers) return `${which} ${ANSWERS[fault.answers]}`;
  return `${which} is slow, by ${formatGoDuration(fault.slowMs ?? 0)} a pull`;
}
