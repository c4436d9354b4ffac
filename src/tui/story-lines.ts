import wrapAnsi from 'wrap-ansi';
import type { Event } from '../cluster/contract/event.ts';
import type { Entry } from '../kernel/log/entry.ts';
import { inLanguage, type StoryItem, storyOf } from '../replay/story.ts';
import { formatClock } from '../report/clock.ts';

/** A line of the story and what it is, which decides how it is shown. */
export interface StoryLine {
  readonly kind: 'step' | 'told' | 'command' | 'output' | 'met' | 'missed' | 'notice';
  readonly text: string;
}

/** The story up to an entry, wrapped to a width in cells. */
export function storyLines(entries: readonly Entry<Event>[], language: string, width: number): StoryLine[] {
  const lines: StoryLine[] = [];
  for (const item of storyOf(entries)) {
    const [kind, text] = shown(item, language);
    for (const line of wrapAnsi(text.replace(/\n$/, ''), width, { hard: true, trim: false }).split('\n')) {
      lines.push({ kind, text: line });
    }
  }
  return lines;
}

function shown(item: StoryItem, language: string): [StoryLine['kind'], string] {
  switch (item.kind) {
    case 'title':
      return ['step', inLanguage(item.title, language)];
    case 'step': {
      const text = inLanguage(item.text, language);
      return item.does === 'say'
        ? ['told', `\n${text}`]
        : ['step', item.does === 'run' ? '' : `\n${formatClock(item.at)} ${text}`];
    }
    case 'command':
      return ['command', `$ ${item.line}${item.background ? ' &' : ''}`];
    case 'output':
      return ['output', item.text];
    case 'exit':
      return ['notice', `(exit ${item.exitCode})`];
    case 'expectation':
      return item.missed === undefined
        ? ['met', `✓ ${item.what}`]
        : ['missed', `✗ ${item.what}\n${item.missed}`];
    case 'notice':
      return ['notice', `! ${item.about}: ${item.message}`];
    case 'end':
      return item.passed
        ? ['met', '\n✓ The end: all expectations met.']
        : ['missed', '\n✗ The end: not all expectations met.'];
  }
}
