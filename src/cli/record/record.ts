import { extname } from 'node:path';
import type { Instant } from '../../replay/place.ts';
import { RUN_PICTURES } from '../../report/record/run-picture.ts';
import { THEMES, type Theme } from '../../report/record/theme.ts';
import type { PaneName } from '../../tui/pane-names.ts';
import { BadInput, EXIT } from '../exit.ts';
import { momentIn } from '../open-timeline.ts';
import { findPlayed } from '../played.ts';
import type { Which } from '../which.ts';
import { writeTo } from '../write-out.ts';
import { drawPng } from './draw-png.ts';
import { castOf, markdownWith, pageOf, pictureOf, transcriptText } from './formats.ts';
import { type RecordedRun, takeRun } from './recorded-run.ts';

export interface RecordOptions extends Which {
  readonly output?: string;
  readonly format?: string;
  readonly picture?: string;
  /** The moment of a picture of the player. */
  readonly at?: Instant;
  readonly pane?: string;
  readonly theme?: string;
  readonly lang: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly redact?: boolean;
  /** All scenarios that come with the program. */
  readonly all?: boolean;
}

const FORMATS = ['cast', 'cast3', 'html', 'md', 'svg', 'png', 'txt'] as const;
type Format = (typeof FORMATS)[number];

const PICTURES = [...RUN_PICTURES, 'player'] as const;
type Picture = (typeof PICTURES)[number];

/** `kubereel record`: a run as something that can be published. The same run gives the same bytes. */
export async function recordCommand(what: string | undefined, options: RecordOptions): Promise<number> {
  if (what === undefined) throw new BadInput(({ record }) => record.wrong.allOrOne);
  const wanted = await wantedOf(options);
  const run = takeRun(findPlayed(what, options), options);
  if (wanted.format === 'png') {
    if (options.output === undefined) throw new BadInput(({ record }) => record.wrong.pngFile);
    drawPng(await pictured(run, wanted), options.output);
  } else await writeTo(options.output, await piecesOf(run, wanted));
  return EXIT.ok;
}

/** What is asked for, once it is known that there is such a thing. */
interface Wanted {
  readonly format: Format;
  readonly picture: Picture;
  readonly theme: Theme;
  readonly pane?: PaneName;
  readonly options: RecordOptions;
}

async function wantedOf(options: RecordOptions): Promise<Wanted> {
  const { output, at, pane } = options;
  const ending = output === undefined ? 'cast' : extname(output).slice(1);
  const asked = options.format ?? ending;
  const format = FORMATS.find((each) => each === asked);
  if (!format) throw new BadInput(({ record }) => record.wrong.format(asked, FORMATS));
  const isPicture = format === 'svg' || format === 'png';
  const isOfPlayer = at !== undefined || pane !== undefined;
  const picture = oneOf('--picture', PICTURES, options.picture ?? (isOfPlayer ? 'player' : 'lanes'));
  if ((isOfPlayer || options.picture !== undefined) && !isPicture)
    throw new BadInput(({ record }) => record.wrong.pictureOnly(format));
  if (isOfPlayer && picture !== 'player')
    throw new BadInput(({ record }) => record.wrong.playerOnly(picture));
  return {
    format,
    picture,
    // A file of pixels does not know where it will be looked at.
    theme: oneOf('--theme', THEMES, options.theme ?? (format === 'png' ? 'light' : 'auto')),
    ...(pane !== undefined && {
      pane: oneOf('--pane', (await import('../../tui/pane-names.ts')).TURNS, pane),
    }),
    options,
  };
}

function oneOf<const Known extends readonly string[]>(
  option: string,
  known: Known,
  asked: string,
): Known[number] {
  const found = known.find((each) => each === asked);
  if (found === undefined) throw new BadInput(({ record }) => record.wrong.option(option, asked, known));
  return found;
}

async function piecesOf(run: RecordedRun, wanted: Wanted): Promise<Iterable<string>> {
  const { theme, options } = wanted;
  const { lang: language, columns = 120, rows = 30, output } = options;
  switch (wanted.format) {
    case 'cast':
    case 'cast3':
      return castOf(run, { language, version: wanted.format === 'cast' ? 2 : 3, columns, rows });
    case 'md':
      return [await markdownWith(run, { language, theme }, output)];
    case 'html':
      return [pageOf(run, language)];
    case 'svg':
    case 'png':
      return [await pictured(run, wanted)];
    case 'txt':
      return [transcriptText(run, language)];
  }
}

async function pictured(run: RecordedRun, { picture, theme, pane, options }: Wanted): Promise<string> {
  const { lang: language, columns = 120, rows = 34, at } = options;
  if (picture !== 'player') {
    const drawn = pictureOf(run, picture, { language, theme });
    if (drawn === undefined) throw new BadInput(({ record }) => record.wrong.nothingOf(picture));
    return drawn;
  }
  const { isTooSmall, SMALLEST } = await import('../../tui/layout.ts');
  if (isTooSmall({ columns, rows }))
    throw new BadInput(({ record }) => record.wrong.tooSmall(SMALLEST.columns, SMALLEST.rows));
  const { timeline, name, redact } = run;
  const still = { language, theme, name, at: momentIn(timeline, at), size: { columns, rows } };
  const { stillSvg } = await import('../../tui/still-svg.ts');
  return redact(stillSvg(timeline, { ...still, ...(pane !== undefined && { pane }) }));
}
