import type { Event } from '../../cluster/contract/event.ts';
import { drawWhole } from '../../kernel/chance/draw.ts';
import type { Entry } from '../../kernel/log/entry.ts';
import { LONGEST_WAIT_MS } from '../../replay/pace.ts';
import { inLanguage, promptOf, type StoryItem, stepsFrom } from '../../replay/story.ts';
import { printable } from '../printable.ts';
import { storyText } from '../transcript.ts';
import { timedStory } from './timed-story.ts';

export interface CastOptions {
  readonly language: string;
  /** Of the file format: docs.asciinema.org/manual/asciicast. */
  readonly version: 2 | 3;
  readonly columns: number;
  readonly rows: number;
  /** Of the pace at which lines are typed. */
  readonly seed: string;
  /** What is told of branches, by the number of the step that tells of one. */
  readonly asides?: ReadonlyMap<number, string>;
  /** Takes out what nobody may read. */
  readonly redact?: (text: string) => string;
}

/** Between two keys. */
const KEY_MS = [25, 95] as const;
/** From the last key until Enter. */
const ENTER_MS = 350;

/**
 * A log as a recording of a terminal: what is told and printed, and lines that are typed key by key, with a
 * marker at each step. What is on the screen in the end is the transcript.
 */
export function* asciicastOf(
  entries: Iterable<Entry<Event>>,
  options: CastOptions,
): Generator<string, void, void> {
  const { language, seed, asides, redact = (text) => text } = options;
  const write = castWriter(options.version);
  let now = 0;
  let last = 0;
  let steps = 0;
  let passed = true;
  for (const { item, at, readMs } of timedStory(entries)) {
    now += Math.min(Math.max(0, at - last), LONGEST_WAIT_MS);
    last = at;
    steps = stepsFrom(item, steps);
    if (item.kind === 'title') yield headerLine(options, inLanguage(item.title, language));
    if (item.kind === 'step') yield write(now, 'm', markerOf(item, language));
    if (item.kind === 'end') ({ passed } = item);
    const text = redact(storyText(item, { language, steps, ...(asides && { asides }) }));
    if (item.kind === 'command') {
      yield write(now, 'o', `${promptOf(item)} `);
      const typed = text.slice(promptOf(item).length + 1, -1);
      for (const [index, key] of [...typed].entries()) {
        now += drawWhole({ seed }, ...KEY_MS, 'typing', item.command, index);
        yield write(now, 'o', key);
      }
      now += ENTER_MS;
      yield write(now, 'o', '\r\n');
    } else {
      yield write(now, 'o', styled(item, text).replaceAll('\n', '\r\n'));
      now += readMs;
    }
  }
  if (options.version === 3) yield write(now, 'x', passed ? '0' : '1');
}

function headerLine({ version, columns, rows }: CastOptions, title: string): string {
  const TYPE = 'xterm-256color';
  const header =
    version === 2
      ? { version, width: columns, height: rows, title, env: { TERM: TYPE } }
      : { version, term: { cols: columns, rows, type: TYPE }, title };
  return `${JSON.stringify(header)}\n`;
}

/** Version 2 gives the time since the beginning, version 3 since the line before; both in seconds. */
function castWriter(version: 2 | 3): (at: number, code: 'o' | 'm' | 'x', data: string) => string {
  let before = 0;
  return (at, code, data) => {
    const time = (version === 2 ? at : at - before) / 1000;
    before = at;
    return `${JSON.stringify([time, code, data])}\n`;
  };
}

const MARKER_LENGTH = 60;

/** `3 The probe fails three times in a row.` */
function markerOf({ step, text }: Extract<StoryItem, { kind: 'step' }>, language: string): string {
  const [first = ''] = printable(inLanguage(text, language)).split('\n');
  const label = `${step} ${first}`;
  return label.length > MARKER_LENGTH ? `${label.slice(0, MARKER_LENGTH - 1)}…` : label;
}

/** Select Graphic Rendition (ECMA-48 8.3.117): what begins, and what ends it. */
const STYLES: Readonly<Partial<Record<StoryItem['kind'], readonly [number, number]>>> = {
  title: [1, 22],
  notice: [33, 39],
  exit: [31, 39],
  traffic: [36, 39],
};

function styled(item: StoryItem, text: string): string {
  const style =
    item.kind === 'expectation' ? ([item.missed === undefined ? 32 : 31, 39] as const) : STYLES[item.kind];
  if (!style) return text;
  const words = text.replace(/\n+$/, '');
  const end = text.slice(words.length);
  return `\u001b[${style[0]}m${words}\u001b[${style[1]}m${end}`;
}
