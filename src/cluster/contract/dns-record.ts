import type { Millis } from '../../kernel/time/millis.ts';

/** Names are without the dot at their end. */
export type DnsRecord =
  | { readonly type: 'A'; readonly name: string; readonly address: string }
  | { readonly type: 'CNAME' | 'PTR'; readonly name: string; readonly target: string }
  | {
      readonly type: 'SRV';
      readonly name: string;
      readonly target: string;
      readonly weight: number;
      readonly port: number;
    };

export type DnsType = 'A' | 'AAAA' | 'SRV' | 'PTR' | 'CNAME';

export interface DnsQuestion {
  readonly name: string;
  readonly type: DnsType;
}

/** `noData`: the name is there, but nothing of the type; `noName`: NXDOMAIN. */
export type DnsAnswer =
  | {
      readonly kind: 'records';
      readonly records: readonly DnsRecord[];
      /** Of a question for a service: the addresses of its targets. */
      readonly additional?: readonly DnsRecord[];
    }
  | { readonly kind: 'noData' }
  | { readonly kind: 'noName' };

/** A question and what the name service says to it. */
export interface DnsReply extends DnsQuestion {
  readonly answer: DnsAnswer;
}

/** What the name service keeps of a question, by type and name. */
export interface NameRow {
  readonly answer: DnsAnswer;
  readonly until: Millis;
}

export function nameKey({ type, name }: DnsQuestion): string {
  return `${type} ${name}`;
}

export type NameEvent = {
  readonly type: 'NameKept';
  readonly question: DnsQuestion;
} & NameRow;

/** The IPv4 addresses that an answer gives; none where it gives no records. */
export function addressesIn(answer: DnsAnswer): readonly string[] {
  if (answer.kind !== 'records') return [];
  return answer.records.flatMap((record) => (record.type === 'A' ? [record.address] : []));
}
