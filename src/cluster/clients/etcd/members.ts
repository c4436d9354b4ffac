import type { EtcdPeer } from '../../contract/etcd-rows.ts';
import { CLUSTER_TOKEN, decimalId, memberIdOf } from '../../etcd/etcd-ids.ts';
import { etcdRow, majorityOf, runningMembers } from '../../etcd/membership.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type { Outcome } from '../program.ts';
import { type Answer, type Asking, BAD_ARGS, BAD_FEATURE, fail } from './asking.ts';
import { unsupported } from './get-keys.ts';
import { goTable } from './print/go-table.ts';
import { goObject, type Header, headerFields, headerJson, headerOf } from './print/header.ts';
import { reach, refused } from './reach.ts';

const LIST = '/etcdserverpb.Cluster/MemberList';

/** `etcdctl member list`: since 3.5 it asks by way of the leader. */
export function listMembers(ask: Asking): Outcome {
  if (ask.series === '3.6' && !/^[ls]$/.test(ask.flag('consistency')))
    return fail(ask, `unknown consistency flag ${quoteGo(ask.flag('consistency'))}`, BAD_FEATURE);
  const isSerializable = ask.series === '3.4' || ask.flag('consistency') === 's';
  const reached = reach(ask, { method: LIST, isLed: !isSerializable });
  if ('outcome' in reached) return reached.outcome;
  const { member } = reached;
  const row = etcdRow(ask.call.view.rows);
  const members = row?.history === member.history ? row.members : member.members;
  const sorted = [...members].sort((a, b) => (BigInt(`0x${a.id}`) < BigInt(`0x${b.id}`) ? -1 : 1));
  ask.out(membersText(ask, headerOf(ask, member, false), sorted));
  return { exitCode: 0 };
}

function membersText(ask: Asking, header: Header, members: readonly EtcdPeer[]): string {
  switch (ask.format) {
    case 'json':
      return `${goObject([
        ['header', headerJson(header)],
        ['members', `[${members.map((peer) => memberJson(peer)).join(',')}]`],
      ])}\n`;
    case 'fields':
      return headerFields(ask, header) + members.map(memberFields).join('');
    case 'table':
      return goTable(
        ['ID', 'Status', 'Name', 'Peer Addrs', 'Client Addrs', 'Is Learner'],
        members.map(memberRow),
      );
    default:
      return members.map((peer) => `${memberRow(peer).join(', ')}\n`).join('');
  }
}

function memberRow({ id, name, peerUrls, clientUrls, learner }: EtcdPeer): readonly string[] {
  const status = name === '' ? 'unstarted' : 'started';
  return [id, status, name, peerUrls.join(','), clientUrls.join(','), String(learner ?? false)];
}

function memberJson({ id, name, peerUrls, clientUrls, learner }: EtcdPeer): string {
  return goObject([
    ['ID', decimalId(id)],
    ['name', name === '' ? undefined : JSON.stringify(name)],
    ['peerURLs', JSON.stringify(peerUrls)],
    ['clientURLs', clientUrls.length === 0 ? undefined : JSON.stringify(clientUrls)],
    ['isLearner', learner ? 'true' : undefined],
  ]);
}

function memberFields({ id, name, peerUrls, clientUrls, learner }: EtcdPeer): string {
  const lines = [
    `"ID" : ${decimalId(id)}`,
    `"Name" : ${quoteGo(name)}`,
    ...peerUrls.map((url) => `"PeerURL" : ${quoteGo(url)}`),
    ...clientUrls.map((url) => `"ClientURL" : ${quoteGo(url)}`),
    `"IsLearner" : ${learner ?? false}`,
  ];
  return `${lines.join('\n')}\n\n`;
}

const ADD = '/etcdserverpb.Cluster/MemberAdd';

/** `etcdctl member add` */
export function* addMember(ask: Asking): Answer {
  const { operands, call } = ask;
  const [name] = operands;
  if (name === undefined) return fail(ask, 'member name not provided', BAD_ARGS);
  if (operands.length > 1) {
    const meant = operands.filter((word) => /^http/i.test(word));
    return fail(
      ask,
      `too many arguments${meant.map((url) => `, did you mean --peer-urls=${url}`).join('')}`,
      BAD_ARGS,
    );
  }
  if (ask.flag('peer-urls') === '') return fail(ask, 'member peer urls not provided', BAD_ARGS);
  const asked = reach(ask, { method: ADD, isLed: false });
  if ('outcome' in asked) return asked.outcome;
  const { member, endpoint } = asked;
  const { rows, settings } = call.view;
  const members = etcdRow(rows)?.members ?? [];
  const peerUrls = ask.flag('peer-urls').split(',');
  if (members.some((peer) => peer.peerUrls.some((url) => peerUrls.includes(url)))) {
    const reason = 'etcdserver: Peer URLs already exists';
    return refused(ask, { endpoint, method: ADD, code: 'FailedPrecondition', reason });
  }
  // More than those that are left could decide would be asked for (--strict-reconfig-check).
  const healthy = runningMembers(rows).filter(({ history }) => history === member.history).length;
  if (healthy < majorityOf(members.length + 1) || healthy < members.length)
    return refused(ask, {
      endpoint,
      method: ADD,
      code: 'Unavailable',
      reason: 'etcdserver: unhealthy cluster',
    });
  const reached = reach(ask, { method: ADD, isLed: true });
  if ('outcome' in reached) return reached.outcome;
  const id = memberIdOf(peerUrls, CLUSTER_TOKEN, Math.floor((settings.epochMs + call.now) / 1000));
  const isLearner = ask.isSet('learner');
  const added: EtcdPeer = { id, name: '', peerUrls, clientUrls: [], ...(isLearner && { learner: true }) };
  const all = [...members, added];
  yield { type: 'EtcdMembersChanged', members: all };
  if (ask.format === 'table') return unsupported(ask);
  if (ask.format !== 'simple') {
    ask.out(membersText(ask, headerOf(ask, member, false), all));
    return { exitCode: 0 };
  }
  const asLearner = isLearner && ask.series === '3.6' ? ' as learner ' : ' ';
  ask.out(`Member ${id.padStart(16)} added${asLearner}to cluster ${member.clusterId.padStart(16)}\n\n`);
  const initial = all.flatMap((peer) =>
    peer.peerUrls.map((url) => `${peer.id === id ? name : peer.name}=${url}`),
  );
  ask.out(`ETCD_NAME=${quoteGo(name)}\nETCD_INITIAL_CLUSTER=${quoteGo(initial.join(','))}\n`);
  ask.out(`ETCD_INITIAL_ADVERTISE_PEER_URLS=${quoteGo(ask.flag('peer-urls'))}\n`);
  ask.out('ETCD_INITIAL_CLUSTER_STATE="existing"\n');
  return { exitCode: 0 };
}

/** What a member is changed to; undefined: it is gone. */
type Change = (peer: EtcdPeer) => EtcdPeer | undefined;

interface MemberVerb {
  readonly method: string;
  /** `removed from`, `updated in`, `promoted in` */
  readonly said: string;
  readonly change: Change;
}

/** `etcdctl member remove` */
export function removeMember(ask: Asking): Answer {
  return changeMember(ask, {
    method: '/etcdserverpb.Cluster/MemberRemove',
    said: 'removed from',
    change: () => undefined,
  });
}

/** `etcdctl member update` */
export function* updateMember(ask: Asking): Answer {
  const peerUrls = ask.flag('peer-urls').split(',');
  if (ask.operands.length === 1 && ask.flag('peer-urls') === '')
    return fail(ask, 'member peer urls not provided', BAD_ARGS);
  const method = '/etcdserverpb.Cluster/MemberUpdate';
  return yield* changeMember(ask, { method, said: 'updated in', change: (peer) => ({ ...peer, peerUrls }) });
}

/** `etcdctl member promote` */
export function promoteMember(ask: Asking): Answer {
  return changeMember(ask, {
    method: '/etcdserverpb.Cluster/MemberPromote',
    said: 'promoted in',
    change: ({ learner: _, ...peer }) => peer,
  });
}

function* changeMember(ask: Asking, { method, said, change }: MemberVerb): Answer {
  const [text = ''] = ask.operands;
  if (ask.operands.length !== 1) return fail(ask, 'member ID is not provided', BAD_ARGS);
  if (!/^[0-9a-f]{1,16}$/i.test(text)) {
    const wrong = `strconv.ParseUint: parsing ${quoteGo(text)}: invalid syntax`;
    return fail(ask, `bad member ID arg (${wrong}), expecting ID in Hex`, BAD_ARGS);
  }
  const reached = reach(ask, { method, isLed: true });
  if ('outcome' in reached) return reached.outcome;
  const { member, endpoint } = reached;
  const id = text.toLowerCase().replace(/^0+/, '');
  const members = etcdRow(ask.call.view.rows)?.members ?? [];
  const meant = members.find((peer) => peer.id === id);
  const isVoter = meant !== undefined && meant.learner === undefined;
  const reason =
    meant === undefined
      ? 'etcdserver: member not found'
      : said.startsWith('promoted') && isVoter
        ? 'etcdserver: can only promote a learner member'
        : undefined;
  if (reason !== undefined) {
    const code = meant === undefined ? 'NotFound' : 'FailedPrecondition';
    return refused(ask, { endpoint, method, code, reason });
  }
  const left = members.flatMap((peer) => (peer.id === id ? (change(peer) ?? []) : peer));
  if (ask.format === 'table') return unsupported(ask);
  yield { type: 'EtcdMembersChanged', members: left };
  if (ask.format === 'simple')
    ask.out(`Member ${id.padStart(16)} ${said} cluster ${member.clusterId.padStart(16)}\n`);
  else ask.out(membersText(ask, headerOf(ask, member, false), left));
  return { exitCode: 0 };
}
