import type { Event } from '../cluster/contract/event.ts';
import type { EtcdWords } from '../words/entry-words.ts';

/** What happened to etcd, where its members are run on machines. */
export function etcdLine(event: Event, words: EtcdWords): string | undefined {
  switch (event.type) {
    case 'EtcdFormed':
      return words.formed(event.members.length);
    case 'EtcdStarted':
      return words.starts(event.node, event.path);
    case 'EtcdStopped':
      return words.stopped(event.node);
    case 'EtcdLeaderElected':
      return words.leads(event.members.find(({ id }) => id === event.id)?.name || event.id, event.term);
    case 'EtcdLeaderLost':
      return words.noLeader;
    case 'EtcdMembersChanged':
      return words.members(event.members.map(({ id, name }) => name || id).join(', '));
    case 'EtcdKeysWritten': {
      const puts = (event.puts ?? []).map(({ key }) => words.put(key));
      const deleted = (event.deleted ?? []).map((key) => words.deleted(key));
      return words.written([...puts, ...deleted].join(', '), event.revision);
    }
    case 'EtcdCompacted':
      return words.compacted(event.revision);
    case 'EtcdDefragmented':
      return words.defragmented;
    case 'EtcdAlarmRaised':
      return words.full;
    case 'EtcdAlarmsDisarmed':
      return words.writesAgain;
    case 'EtcdLeaseKept':
      return words.leaseKept(event.lease, event.ttl);
    case 'EtcdLeaseEnded':
      return words.leaseEnded(event.lease);
    default:
      return undefined;
  }
}
