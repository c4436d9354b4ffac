import {
  KUBEADM_DROP_IN_PATH,
  KUBEADM_EXEC_START,
  KUBELET_UNIT_PATH,
  kubeletCall,
} from '../../kubeadm/kubelet-unit.ts';
import type { Call } from '../program.ts';
import {
  activeState,
  pidOf,
  stateOfUnit,
  subState,
  type Unit,
  unitCalled,
  unitNames,
  unitTime,
} from './units.ts';

/** The words of a service's process; before it is there, as its unit has them. */
export function commandOfUnit(
  { files }: Pick<Call, 'files'>,
  { name, command }: Unit,
  isRaw = false,
): string {
  if (name !== 'kubelet') return command;
  if (isRaw) return KUBEADM_EXEC_START;
  const { program, args } = kubeletCall((path) => files[path]);
  return [program, ...args].join(' ');
}

/** The unit's files as they are, each under its name (systemctl cat). */
export function unitText({ files }: Call, { name, description, docs, command }: Unit): string {
  const paths =
    name === 'kubelet'
      ? [KUBELET_UNIT_PATH, KUBEADM_DROP_IN_PATH, '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf']
      : [`/usr/lib/systemd/system/${name}.service`];
  const texts = paths.flatMap((path) => (files[path] === undefined ? [] : [`# ${path}\n${files[path]}`]));
  if (texts.length > 0) return texts.join('\n');
  return `# /usr/lib/systemd/system/${name}.service\n[Unit]\nDescription=${description}\nDocumentation=${docs}\n\n[Service]\nExecStart=${command}\n`;
}

/** `systemctl show kubelet --property=ActiveState,MainPID --value`. */
export function propertiesText(call: Call, unit: Unit): string {
  const { view, machine = '', args } = call;
  const state = stateOfUnit(view.rows, machine, unit);
  const { runs, since, enabled, failure } = state;
  const all: Readonly<Record<string, string>> = {
    Type: unit.name === 'kubelet' ? 'simple' : 'notify',
    Restart: 'always',
    NRestarts: '0',
    MainPID: runs ? String(pidOf(view.chance, machine, unit.name, since)) : '0',
    Result: failure ? 'exit-code' : 'success',
    ExecMainStatus: String(failure?.exitCode ?? 0),
    Id: `${unit.name}.service`,
    Names: `${unit.name}.service`,
    Description: unit.description,
    LoadState: 'loaded',
    ActiveState: activeState(state),
    SubState: subState(state),
    FragmentPath: `/lib/systemd/system/${unit.name}.service`,
    ...(unit.dropIn && { DropInPaths: `/usr/lib/systemd/system/${unit.name}.service.d/${unit.dropIn}` }),
    UnitFileState: enabled ? 'enabled' : 'disabled',
    UnitFilePreset: 'enabled',
    ActiveEnterTimestamp: unitTime(view, since),
  };
  const asked = args.flatMap((word, at) => {
    const value = /^(?:--property|-p)=?(.*)$/.exec(word)?.[1];
    return value === undefined ? [] : (value === '' ? (args[at + 1] ?? '') : value).split(',');
  });
  const names = asked.length > 0 ? asked.filter((name) => name in all) : Object.keys(all);
  const isBare = args.includes('--value');
  return names.map((name) => `${isBare ? '' : `${name}=`}${all[name]}\n`).join('');
}

/** What any Debian has besides. */
const OTHERS = [
  ['cron', 'Regular background program processing daemon'],
  ['dbus', 'D-Bus System Message Bus'],
  ['ssh', 'OpenBSD Secure Shell server'],
  ['systemd-journald', 'Journal Service'],
  ['systemd-logind', 'User Login Management'],
  ['systemd-timesyncd', 'Network Time Synchronization'],
  ['systemd-udevd', 'Rule-based Manager for Device Events and Files'],
] as const;

/** `systemctl list-units --type=service --state=running`, `systemctl --failed`. */
export function unitList(
  { view, machine = '' }: Call,
  args: readonly string[],
  patterns: readonly string[],
): string {
  const wanted = args.includes('--failed') ? 'failed' : /--state[= ](\S+)/.exec(args.join(' '))?.[1];
  const own = unitNames.flatMap((name) => {
    const unit = unitCalled(name);
    if (!unit) return [];
    const state = stateOfUnit(view.rows, machine, unit);
    const isShown =
      state.runs || state.restartsAt !== undefined || args.includes('--all') || args.includes('-a');
    return isShown
      ? [{ name, description: unit.description, active: activeState(state), sub: subState(state) }]
      : [];
  });
  const others = OTHERS.map(([name, description]) => ({
    name,
    description,
    active: 'active',
    sub: 'running',
  }));
  const shown = [...own, ...others]
    .filter(
      ({ active, sub }) =>
        wanted === undefined || wanted.split(',').some((each) => each === active || each === sub),
    )
    .filter(({ name }) => isNamed(name, patterns))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const width = Math.max(4, ...shown.map(({ name }) => `${name}.service`.length));
  const rows = shown.map(
    ({ name, active, sub, description }) =>
      `  ${`${name}.service`.padEnd(width)} loaded ${active} ${sub} ${description}\n`,
  );
  const legend = `\nLOAD   = Reflects whether the unit definition was properly loaded.\nACTIVE = The high-level unit activation state, i.e. generalization of SUB.\nSUB    = The low-level unit activation state, values depend on unit type.\n${shown.length} loaded units listed.\n`;
  const head = `  ${'UNIT'.padEnd(width)} LOAD   ACTIVE SUB     DESCRIPTION\n`;
  const isBare = args.includes('--no-legend') || args.includes('--quiet');
  return isBare
    ? rows.join('')
    : `${shown.length > 0 ? head : ''}${rows.join('')}${shown.length > 0 ? legend : '0 loaded units listed.\n'}`;
}

export function unitFileList(
  { view, machine = '' }: Call,
  args: readonly string[],
  patterns: readonly string[],
): string {
  const own = unitNames.flatMap((name) => {
    const unit = unitCalled(name);
    return unit ? [[name, stateOfUnit(view.rows, machine, unit).enabled ? 'enabled' : 'disabled']] : [];
  });
  const all = [...own, ...OTHERS.map(([name]) => [name, name.startsWith('systemd-') ? 'static' : 'enabled'])];
  const shown = all
    .filter(([name = '']) => isNamed(name, patterns))
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  const rows = shown.map(
    ([name, state = '']) =>
      `${`${name}.service`.padEnd(38)} ${state.padEnd(15)} ${state === 'static' ? '-' : 'enabled'}\n`,
  );
  if (args.includes('--no-legend')) return rows.join('');
  return `${'UNIT FILE'.padEnd(38)} ${'STATE'.padEnd(15)} PRESET\n${rows.join('')}\n${rows.length} unit files listed.\n`;
}

function isNamed(name: string, patterns: readonly string[]): boolean {
  return (
    patterns.length === 0 ||
    patterns.some((pattern) =>
      new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(`${name}.service`),
    )
  );
}
