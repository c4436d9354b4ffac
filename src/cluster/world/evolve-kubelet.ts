import type { Millis } from '../../kernel/time/millis.ts';
import type { KubeletRow } from '../contract/kubelet-row.ts';
import type { MachineEvent } from '../contract/machine-event.ts';

type KubeletEvent = Extract<
  MachineEvent,
  { type: 'KubeletStarted' | 'KubeletStopped' | 'KubeletCertified' | 'KubeletCaughtUp' | 'CordonNoticed' }
>;

/** What is known of a kubelet after it was started, stopped, or has noticed something. */
export function kubeletAfter(kubelet: KubeletRow, event: KubeletEvent, at: Millis): KubeletRow {
  switch (event.type) {
    case 'KubeletStarted':
      // One that stood still has kept its clocks, and all that it knows is as old as its last look.
      return event.thawed
        ? { ...withoutEnd(kubelet), running: true, starting: true, backSince: at }
        : { running: true, since: at, starting: true, ...bootstrapping(kubelet, event.bootstraps) };
    case 'KubeletStopped':
      return event.frozen
        ? { ...withoutEnd(kubelet), running: false, frozen: true }
        : {
            running: false,
            since: at,
            ...(event.until !== undefined && { until: event.until }),
            ...(event.failure && { failure: event.failure }),
            ...bootstrapping(kubelet),
          };
    case 'KubeletCertified': {
      const { bootstraps: _, ...known } = kubelet;
      return known;
    }
    case 'KubeletCaughtUp': {
      const { starting: _, unregistered: __, ...known } = kubelet;
      return event.unregistered ? { ...known, unregistered: true } : known;
    }
    case 'CordonNoticed': {
      const { unschedulable: _, ...known } = kubelet;
      return event.unschedulable ? { ...known, unschedulable: true } : known;
    }
  }
}

/** One that is restarted has what it had. */
function bootstrapping({ bootstraps }: KubeletRow, begins?: true): Pick<KubeletRow, 'bootstraps'> {
  return bootstraps || begins ? { bootstraps: true } : {};
}

function withoutEnd({ frozen: _, until: __, starting: ___, refused: ____, ...kept }: KubeletRow): KubeletRow {
  return kept;
}
