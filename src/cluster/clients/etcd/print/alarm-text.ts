import { decimalId } from '../../../etcd/etcd-ids.ts';
import type { Asking } from '../asking.ts';
import { goObject, type Header, headerFields } from './header.ts';

/** `alarm list`, as its formats have it: the members, by ID, that have raised NOSPACE. */
export function alarmsText(ask: Asking, header: Header, members: readonly string[]): string {
  switch (ask.format) {
    case 'json': {
      const alarms = members.map((id) => `{"memberID":${decimalId(id)},"alarm":1}`);
      return `${goObject([['alarms', alarms.length === 0 ? undefined : `[${alarms.join(',')}]`]])}\n`;
    }
    case 'fields':
      return (
        headerFields(ask, header) +
        members.map((id) => `"MemberID" : ${decimalId(id)}\n"AlarmType" : NOSPACE\n\n`).join('')
      );
    default:
      return members.map((id) => `${alarmText(id)}\n`).join('');
  }
}

/** `memberID:10608898954038455804 alarm:NOSPACE `: protobuf's text, with the space behind. */
export function alarmText(id: string): string {
  return `memberID:${decimalId(id)} alarm:NOSPACE `;
}
