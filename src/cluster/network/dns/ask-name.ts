import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import { type DnsAnswer, type DnsQuestion, type NameEvent, nameKey } from '../../contract/dns-record.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import { answerQuestion } from './answer-question.ts';

/**
 * How long CoreDNS keeps what it has answered, and that there was nothing to answer (kubeadm: Corefile,
 * `cache 30`, and since 1.32 not for the cluster's own names; kubernetes/kubernetes#128359).
 */
const KEPT_MS: Since<Millis> = [
  [0, 30 * SECOND],
  [32, 0],
];

/** What the name service answers; without a time, as if it had kept nothing. */
export function askName({ objects, rows }: View, question: DnsQuestion, now?: Millis): DnsAnswer {
  const kept = now === undefined ? undefined : rows.row('names', nameKey(question));
  const isFresh = kept !== undefined && now !== undefined && now < kept.until;
  return isFresh ? kept.answer : answerQuestion(objects, question);
}

/** What the name service keeps of questions that it is asked now. */
export function* keepAnswers(
  { objects, rows, settings }: View,
  questions: readonly DnsQuestion[],
  now: Millis,
): Generator<NameEvent> {
  const keptMs = inVersion(KEPT_MS, settings.version);
  if (keptMs === 0) return;
  for (const { name, type } of questions) {
    const kept = rows.row('names', nameKey({ name, type }));
    if (kept && now < kept.until) continue;
    const answer = answerQuestion(objects, { name, type });
    yield { type: 'NameKept', question: { name, type }, answer, until: now + keptMs };
  }
}
