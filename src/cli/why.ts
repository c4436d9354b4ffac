import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import { changesOf } from '../replay/object-changes.ts';
import { type Instant, parseInstant } from '../replay/place.ts';
import type { Timeline } from '../replay/timeline.ts';
import { type CauseChain, causeChain, type Origin } from '../report/cause-chain.ts';
import { decisionAbout, decisionAt } from '../report/decision/decision-at.ts';
import { decisionLines } from '../report/decision/decision-lines.ts';
import { jsonText } from '../report/json-text.ts';
import { printable } from '../report/printable.ts';
import { requestLinesAt } from '../report/request/request-lines.ts';
import { type EntryColumns, entryColumns, entryText, type ToldEntry } from '../report/told-entry.ts';
import type { ToldWords } from '../words/words.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { findObject } from './named-object.ts';
import { momentIn, openTimeline, type Travelled } from './open-timeline.ts';
import type { Which } from './which.ts';
import { type LossTold, lossReasons, requestReasons } from './why-requests.ts';
import { writeOut } from './write-out.ts';

export interface WhyOptions extends Which {
  readonly at?: Instant;
  readonly lang: string;
  readonly json?: boolean;
  readonly namespace?: string;
  readonly all?: boolean;
  readonly limit?: number;
}

/** `kubereel why`: what led to an entry, to what became of an object or a field, or to lost requests. */
export async function whyCommand(what: string, subject: string, options: WhyOptions): Promise<number> {
  const { timeline, files } = openTimeline(what, options);
  const { lang, json } = options;
  const { told } = wordsIn(lang);
  const reasons = reasonsFor(timeline, subject, { ...options, files });
  if (json) {
    await writeOut([`${jsonText(reasons.length === 1 ? reasons[0] : reasons, 2)}\n`]);
    return EXIT.ok;
  }
  const setting = { columns: entryColumns(timeline), told, shown: new Set<number>() };
  const texts = reasons.map((reason) => [
    ...('lost' in reason && reason.lost !== undefined ? [reason.lost] : []),
    ...chainLines(reason, setting),
    ...('decision' in reason && reason.decision ? ['', ...reason.decision] : []),
    ...('request' in reason && reason.request ? ['', ...reason.request] : []),
  ]);
  const lines =
    texts.length === 0 ? [told.noLosses] : texts.flatMap((text, index) => (index > 0 ? ['', ...text] : text));
  await writeOut([printable(lines.map((line) => `${line}\n`).join(''))]);
  return EXIT.ok;
}

interface Reason extends CauseChain, Partial<LossTold> {
  /** How the scheduler decided, where the entry is its decision, or the object a pod. */
  readonly decision?: readonly string[];
  /** The request that it came of, and what each stage of the API server said. */
  readonly request?: readonly string[];
}

function reasonsFor(
  timeline: Timeline,
  subject: string,
  options: WhyOptions & Pick<Travelled, 'files'>,
): readonly Reason[] {
  const { lang, all, limit, namespace, at, files } = options;
  const chain = (entry: Entry<Event>): CauseChain =>
    causeChain(timeline, entry, {
      language: lang,
      ...(all && { all }),
      ...(limit !== undefined && { limit }),
    });
  const [, client, number] = /^traffic\/(.+?)(?:\/(\d+))?$/.exec(subject) ?? [];
  if (client !== undefined) {
    const asked = { client, cursor: momentIn(timeline, at).cursor };
    return number === undefined
      ? lossReasons(timeline, asked, chain)
      : requestReasons(timeline, { ...asked, number: Number(number) }, chain);
  }
  const { cursor } = momentIn(timeline, at);
  const instant = parseInstant(subject);
  if (instant) {
    const asked = entryAt(timeline, instant);
    const decided = decisionAt(timeline, asked.seq);
    const request = requestLinesAt(timeline, asked.seq, { language: lang, files });
    return [
      {
        ...chain(asked),
        ...(decided && { decision: decisionLines(decided, lang) }),
        ...(request && { request }),
      },
    ];
  }
  if (!subject.includes('/')) throw new BadInput(({ wrong }) => wrong.noSubject);
  const of = findObject(timeline, subject, namespace);
  const changes = changesOf(timeline, of).filter((seq) => seq <= cursor);
  const telling = changes.findLast((seq) => timeline.facts.isNotable(seq));
  const seq = (of.pointer === undefined ? telling : undefined) ?? changes.at(-1) ?? 0;
  const entry = timeline.entries.of(seq);
  if (!entry) throw new BadInput(({ wrong }) => wrong.unchanged);
  const decided = of.pointer === undefined ? decisionAbout(timeline, of.key, cursor) : undefined;
  return [{ ...chain(entry), ...(decided && { decision: decisionLines(decided, lang) }) }];
}

/** The entry that a person means by a number, or the last one at an instant that tells something. */
export function entryAt(timeline: Timeline, instant: Instant): Entry<Event> {
  const { cursor } = momentIn(timeline, instant);
  const isExact = instant.kind === 'entry' && instant.laterMs === undefined;
  const told = timeline.notable[firstAbove(timeline.notable, cursor) - 1] ?? cursor;
  const entry = timeline.entries.of(isExact ? instant.seq : told);
  if (!entry) throw new BadInput(({ wrong }) => wrong.noEntry(0, timeline.entries.length));
  return entry;
}

interface Setting {
  readonly columns: EntryColumns;
  readonly told: ToldWords;
  /** What has been told already, for what has several reasons that began alike. */
  readonly shown: Set<number>;
}

/** What is asked about, what led to it, a line each, and how it began. */
function chainLines(
  { of, causes, isCut, origin }: CauseChain,
  { columns, told, shown }: Setting,
): readonly string[] {
  const known = causes.findIndex(({ seq }) => shown.has(seq));
  const fresh = known < 0 ? causes : causes.slice(0, known + 1);
  for (const { seq } of [of, ...causes]) shown.add(seq);
  return [
    entryText(withoutCause(of), columns),
    ...fresh.map((cause) =>
      entryText({ ...withoutCause(cause), what: `${told.because} ${cause.what}` }, columns),
    ),
    ...(known >= 0 ? [told.asAbove] : [...(isCut ? ['…'] : []), originText(origin, told)]),
  ];
}

/** The next line is the cause. */
function withoutCause(entry: ToldEntry): ToldEntry {
  return { ...entry, cause: null };
}

function originText({ kind, step, client = '' }: Origin, told: ToldWords): string {
  const texts: Readonly<Record<Origin['kind'], string>> = {
    typed: told.originTyped,
    told: told.originTold,
    made: told.originMade,
    timed: told.originTimed,
    asked: told.originAsked(client),
    unrecorded: told.originUnrecorded,
  };
  return told.originStep(texts[kind], step);
}
