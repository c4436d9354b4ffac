import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createLogEncoder } from '../../kernel/log/log-format.ts';
import { languagesOf } from '../../replay/scene.ts';
import { asciicastOf } from '../../report/record/asciicast.ts';
import { type MarkdownPicture, markdownOf } from '../../report/record/markdown.ts';
import { recordPage } from '../../report/record/page.ts';
import {
  pictureTitle,
  RUN_PICTURES,
  type RunPicture,
  runPicture,
  titleOf,
} from '../../report/record/run-picture.ts';
import { tellingMoments } from '../../report/record/telling-moments.ts';
import type { Theme } from '../../report/record/theme.ts';
import { transcriptOf } from '../../report/transcript.ts';
import type { Size } from '../../tui/size.ts';
import { wordsIn } from '../../words/words-in.ts';
import type { RecordedRun } from './recorded-run.ts';

/** How a recording is told. */
export interface Telling {
  readonly language: string;
  readonly theme: Theme;
}

/** A recording of a terminal, of one of asciinema's formats. */
export function castOf(
  { log, asidesIn, header: { seed }, redact }: RecordedRun,
  { language, version, columns, rows }: { readonly language: string; readonly version: 2 | 3 } & Size,
): Iterable<string> {
  const asides = asidesIn(language);
  return asciicastOf(log, { language, asides, version, columns, rows, seed, redact });
}

export function transcriptText({ log, asidesIn, redact }: RecordedRun, language: string): string {
  return redact([...transcriptOf(log, language, asidesIn(language))].join(''));
}

/** The program of a page, which is built beside the command line. */
const PAGE_SCRIPT = new URL('../page/page.js', import.meta.url);

/** One page that holds the log and what replays it. */
export function pageOf(run: RecordedRun, language: string): string {
  const { log, header, timeline, name } = run;
  const encoder = createLogEncoder();
  const lines = [encoder.header(header), ...log.map((entry) => encoder.entry(entry)), encoder.end()];
  return recordPage({
    language,
    title: run.redact(titleOf(timeline, language) || name),
    script: readFileSync(PAGE_SCRIPT, 'utf8'),
    log: gzipSync(lines.join(''), { level: 9 }).toString('base64'),
    asides: asidesText(run),
    branches: branchesText(run),
    reading: wordsIn(language).record.page.reading,
    transcript: transcriptText(run, language),
    picture: pictureOf(run, 'lanes', { language, theme: 'auto' }) ?? '',
  });
}

/** What is told of branches, by language and step, as JSON that ends no script. */
function asidesText({ asidesIn, timeline, redact }: RecordedRun): string {
  const told = languagesOf(timeline).map((each) => [each, Object.fromEntries(asidesIn(each))] as const);
  return redact(JSON.stringify(Object.fromEntries(told))).replaceAll('<', String.raw`\u003c`);
}

/** Compressed as the log is; empty where the story tells of none. */
function branchesText({ branches }: RecordedRun): string {
  const all = branches();
  return all.length === 0 ? '' : gzipSync(JSON.stringify(all), { level: 9 }).toString('base64');
}

/** A picture of the whole run; undefined where there is nothing of it. */
export function pictureOf(
  { timeline, name, redact }: RecordedRun,
  picture: RunPicture,
  telling: Telling,
): string | undefined {
  const drawn = runPicture(timeline, picture, { ...telling, name });
  return drawn === undefined ? undefined : redact(drawn);
}

const STILL_SIZE: Size = { columns: 120, rows: 34 };
const MOST_STILLS = 3;

/** A page of Markdown. Its pictures are written beside it; what has no file has no beside. */
export async function markdownWith(
  run: RecordedRun,
  telling: Telling,
  output: string | undefined,
): Promise<string> {
  const { log, asidesIn, redact } = run;
  const asides = asidesIn(telling.language);
  const pictures = output === undefined ? [] : await picturesBeside(run, telling, output);
  return redact([...markdownOf(log, { language: telling.language, asides, pictures })].join(''));
}

async function picturesBeside(
  run: RecordedRun,
  telling: Telling,
  output: string,
): Promise<readonly MarkdownPicture[]> {
  const { stillSvg } = await import('../../tui/still-svg.ts');
  const { timeline, name, redact } = run;
  const stem = basename(output, extname(output));
  const write = (ending: string, svg: string): string => {
    const file = `${stem}${ending}.svg`;
    writeFileSync(join(dirname(output), file), svg);
    return file;
  };
  const whole = RUN_PICTURES.flatMap((picture): readonly MarkdownPicture[] => {
    const drawn = pictureOf(run, picture, telling);
    if (drawn === undefined) return [];
    const place = picture === 'lanes' ? 'beginning' : 'end';
    const file = write(picture === 'lanes' ? '' : `-${picture}`, drawn);
    return [{ file, title: pictureTitle(picture, telling.language), place }];
  });
  const stills = tellingMoments(timeline, MOST_STILLS).map(({ before, step, at }): MarkdownPicture => {
    const drawn = stillSvg(timeline, { ...telling, name, at, size: STILL_SIZE });
    const title = wordsIn(telling.language).record.stillOf(step);
    return { file: write(`-step-${step}`, redact(drawn)), title, place: before ?? 'end' };
  });
  return [...stills, ...whole];
}
