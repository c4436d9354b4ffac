import type { Event } from '../../../src/cluster/contract/event.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import type { Entry } from '../../../src/kernel/log/entry.ts';

/** The story alone, in few words: `time type what`. */
export function storyOf(log: readonly Entry<Event>[]): string[] {
  return log.flatMap(({ at, event }) => {
    switch (event.type) {
      case 'StepBegan':
        return `${at} step ${event.step} ${event.kind}`;
      case 'CommandTyped':
        return `${at} typed ${event.line}${event.background ? ' &' : ''}`;
      case 'CommandEnded':
        return `${at} ended ${event.exitCode}`;
      case 'ExpectationMet':
        return `${at} met ${event.what}`;
      case 'ExpectationMissed':
        return `${at} missed ${event.what} | ${event.why}`;
      case 'ValueCaptured':
        return `${at} captured ${event.name}=${event.value}`;
      case 'InvariantWatched':
        return `${at} watched ${event.what}`;
      case 'InvariantMet':
        return `${at} met at last ${event.what}`;
      case 'HoldingBegan':
        return `${at} holds ${event.what}`;
      case 'HoldingEnded':
        return `${at} holds no more ${event.what} | ${event.why}`;
      case 'InvariantBroken':
        return `${at} broken ${event.what} | ${event.why}`;
      case 'NoticeGiven':
        return `${at} notice ${event.about}: ${event.message}`;
      case 'ScenarioEnded':
        return `${at} ${event.passed ? 'passed' : 'failed'}`;
      default:
        return [];
    }
  });
}

/** A pod with one container. */
export function pod(name: string, phase: string, restartCount = 0): Pod {
  const status = {
    phase,
    containerStatuses: [{ name: 'c', image: 'x', imageID: '', ready: true, restartCount }],
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app: 'web' }, uid: name },
    spec: { containers: [{ name: 'c' }] },
    status,
  };
}
