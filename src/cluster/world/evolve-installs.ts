import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { Event } from '../contract/event.ts';
import type { InstallEvent, InstallRow, JournalLine } from '../contract/install-row.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { WorldRows } from './world.ts';

type KubeletEvent = Extract<MachineEvent, { type: 'KubeletStarted' | 'KubeletStopped' }>;

const INSTALL_EVENTS = [
  'PackagesInstalled',
  'PackagesHeld',
  'ServiceStarted',
  'ServiceStopped',
  'ServiceEnabled',
  'ServiceDisabled',
] as const;

export function isInstallEvent(event: MachineEvent): event is InstallEvent {
  return (INSTALL_EVENTS as readonly string[]).includes(event.type);
}

/** So many lines of the journal are kept of a machine. */
const JOURNAL_LINES = 200;

/** What is installed on a machine, and what its systemd did, after one fact. */
export function evolveInstalls(
  { installs }: Tables<WorldRows>,
  event: InstallEvent | KubeletEvent,
  { at, seq }: Entry<Event>,
): void {
  const { node } = event;
  const row = installs.read(node, seq) ?? { node, packages: {}, disabled: [], services: {}, journal: [] };
  installs.write(node, rowAfter(row, event, at), seq);
}

function rowAfter(row: InstallRow, event: InstallEvent | KubeletEvent, at: number): InstallRow {
  switch (event.type) {
    case 'PackagesInstalled':
      return { ...row, packages: { ...row.packages, ...event.packages } };
    case 'PackagesHeld':
      return { ...row, held: event.held };
    case 'KubeletStarted': {
      const { kubelet } = row.packages;
      if (event.thawed) return row;
      const next = withLine(row, { at, service: 'kubelet', did: 'started' });
      return kubelet === undefined ? next : { ...next, kubelet };
    }
    case 'KubeletStopped':
      if (event.frozen) return row;
      return withLine(row, {
        at,
        service: 'kubelet',
        ...(event.failure ? { did: 'failed', failure: event.failure } : { did: 'stopped' }),
      });
    case 'ServiceStarted':
    case 'ServiceStopped': {
      const { service } = event;
      const runs = event.type === 'ServiceStarted';
      const services = { ...row.services, [service]: { runs, since: at } };
      return withLine({ ...row, services }, { at, service, did: runs ? 'started' : 'stopped' });
    }
    case 'ServiceEnabled':
      return { ...row, disabled: row.disabled.filter((service) => service !== event.service) };
    case 'ServiceDisabled':
      return { ...row, disabled: [...new Set([...row.disabled, event.service])].sort() };
  }
}

function withLine(row: InstallRow, line: JournalLine): InstallRow {
  return { ...row, journal: [...row.journal, line].slice(-JOURNAL_LINES) };
}
