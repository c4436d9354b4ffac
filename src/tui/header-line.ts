import type { Scene } from '../replay/scene.ts';
import { inLanguage } from '../replay/story.ts';
import { printable } from '../report/printable.ts';
import type { ScreenWords } from '../words/screen-words.ts';
import { cellsIn, cutToCells, padded } from './columns.ts';
import type { Line } from './line.ts';

interface Heading {
  /** What is played, where the story has no title. */
  readonly name: string;
  readonly branch?: string | undefined;
  readonly scene: Scene;
  /** How it is played. */
  readonly state: string;
  readonly words: ScreenWords;
  readonly language: string;
  readonly width: number;
}

/** ` kubereel`, and a little of the title. */
const MARK_CELLS = 14;

/** What is played at the left; which step of it, and how, at the right edge. */
export function headerLine({ name, branch, scene, state, words, language, width }: Heading): Line {
  const title = printable(inLanguage(scene.title, language) || name);
  const how = `  ${words.step} ${scene.step}/${scene.steps}  ${printable(state)} `;
  const right = cutToCells(how, Math.max(0, width - MARK_CELLS));
  const room = Math.max(0, width - cellsIn(right));
  if (branch === undefined) return lineOfBoth(padded(cutToCells(` kubereel  ${title}`, room), room), right);
  // Which branch it is matters more than the end of a long title.
  const mark = `  ⎇ ${branch}`;
  const left = cutToCells(` kubereel  ${title}`, Math.max(0, room - cellsIn(mark)));
  return lineOfBoth(padded(cutToCells(`${left}${mark}`, room), room), right);
}

function lineOfBoth(left: string, right: string): Line {
  return [{ text: left, tone: 'strong' }, { text: right }];
}
