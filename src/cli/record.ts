import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { createLogEncoder, type LogHeader } from '../kernel/log/log-format.ts';
import { inLanguage } from '../replay/story.ts';
import { createTimeline } from '../replay/timeline.ts';
import { asciicastOf } from '../report/record/asciicast.ts';
import { lanesSvg } from '../report/record/lanes-svg.ts';
import { markdownOf } from '../report/record/markdown.ts';
import { recordPage } from '../report/record/page.ts';
import { redactor } from '../report/record/redact.ts';
import { transcriptOf } from '../report/transcript.ts';
import { screenWordsIn } from '../words/screen-words-in.ts';
import { wordsIn } from '../words/words-in.ts';
import { BadInput, EXIT } from './exit.ts';
import { openPlayable } from './playable.ts';
import { findPlayed } from './played.ts';
import { tellBeside, writeTo } from './write-out.ts';

export interface RecordOptions {
  readonly output?: string;
  readonly format?: string;
  readonly seed?: string;
  readonly lang: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly redact?: boolean;
}

const FORMATS = ['cast', 'cast3', 'html', 'md', 'svg', 'txt'] as const;
type Format = (typeof FORMATS)[number];

/** `kubereel record`: a run as something that can be published. The same run gives the same bytes. */
export async function recordCommand(what: string, options: RecordOptions): Promise<number> {
  const format = formatOf(options);
  const { name, commits, origin } = openPlayable(findPlayed(what), options.seed, tellBeside);
  const log: Entry<Event>[] = [];
  for (const commit of commits()) log.push(...commit);
  const redact = options.redact ? redactor(log) : (text: string): string => text;
  const recording: Recording = { name, log, header: origin.header, options, redact };
  const picture = format === 'md' ? pictureBeside(recording) : undefined;
  await writeTo(options.output, piecesOf(format, recording, picture));
  return EXIT.ok;
}

interface Recording {
  readonly name: string;
  readonly log: readonly Entry<Event>[];
  readonly header: LogHeader;
  readonly options: RecordOptions;
  readonly redact: (text: string) => string;
}

function formatOf({ format, output }: RecordOptions): Format {
  const asked = format ?? (output === undefined ? 'cast' : extname(output).slice(1));
  const found = FORMATS.find((each) => each === asked);
  if (!found) throw new BadInput(({ wrong }) => wrong.recordFormat(asked, FORMATS));
  return found;
}

function piecesOf(
  format: Format,
  recording: Recording,
  picture: { readonly file: string; readonly title: string } | undefined,
): Iterable<string> {
  const { name, log, header, options, redact } = recording;
  const { lang: language, columns = 120, rows = 30 } = options;
  const { seed } = header;
  switch (format) {
    case 'cast':
    case 'cast3':
      return asciicastOf(log, { language, version: format === 'cast' ? 2 : 3, columns, rows, seed, redact });
    case 'md':
      return [redact([...markdownOf(log, { language, ...(picture && { picture }) })].join(''))];
    case 'html':
      return [pageOf(recording)];
    case 'svg':
      return [lanesOf(name, log, language)];
    case 'txt':
      return [redact([...transcriptOf(log, language)].join(''))];
  }
}

/** The program of a page, which is built beside the command line. */
const PAGE_SCRIPT = new URL('../page/page.js', import.meta.url);

function pageOf({ log, header, options: { lang: language }, redact }: Recording): string {
  const encoder = createLogEncoder();
  const lines = [
    encoder.header(header),
    ...log.map((entry) => encoder.entry(redacted(entry, redact))),
    encoder.end(),
  ];
  const opened = log.find(({ event }) => event.type === 'ScenarioOpened')?.event;
  return recordPage({
    language,
    title: opened?.type === 'ScenarioOpened' ? inLanguage(opened.title, language) : header.scenario.name,
    script: readFileSync(PAGE_SCRIPT, 'utf8'),
    log: gzipSync(lines.join(''), { level: 9 }).toString('base64'),
    reading: wordsIn(language).record.page.reading,
    transcript: redact([...transcriptOf(log, language)].join('')),
  });
}

/** Wherever it stands in the log. */
function redacted(entry: Entry<Event>, redact: (text: string) => string): Entry<Event> {
  return JSON.parse(redact(JSON.stringify(entry))) as Entry<Event>;
}

function lanesOf(title: string, log: readonly Entry<Event>[], language: string): string {
  const words = { ...wordsIn(language).record, states: screenWordsIn(language).laneStates };
  return lanesSvg(createTimeline(log), { title, words });
}

/** A page's picture lies beside it; what is written to standard output has no beside. */
function pictureBeside({ name, log, options: { output, lang } }: Recording) {
  if (output === undefined) return undefined;
  const file = `${basename(output, extname(output))}.svg`;
  writeFileSync(join(dirname(output), file), lanesOf(name, log, lang));
  return { file, title: wordsIn(lang).record.pods };
}
