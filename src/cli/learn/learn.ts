import { inLanguage } from '../../replay/story.ts';
import { jsonText } from '../../report/json-text.ts';
import type { LearnWords } from '../../words/learn-words.ts';
import { wordsIn } from '../../words/words-in.ts';
import { curriculum } from '../curriculum.ts';
import { BadInput, EXIT } from '../exit.ts';
import { hostRefusal } from '../host-refusal.ts';
import { playCommand } from '../play.ts';
import { findPlayed, firstEvents } from '../played.ts';
import { readScenarioFiles } from '../scenario-files.ts';
import { tellBeside, writeOut } from '../write-out.ts';
import { forgetProgress, keepDone, progressPath, readProgress } from './progress-file.ts';

export interface LearnOptions {
  readonly lang: string;
  readonly seed?: string;
  readonly json?: boolean;
}

/** `kubereel learn`: the bundled scenarios as a course, with what one has played already. */
export async function learnCommand(what: string | undefined, options: LearnOptions): Promise<number> {
  const { learn } = wordsIn(options.lang);
  const path = progressPath();
  if (what === undefined) return listCourse(options, path);
  if (what === 'reset') {
    forgetProgress(path);
    tellBeside(`${learn.forgotten}\n`);
    return EXIT.ok;
  }
  const course = courseOf(options.lang, path);
  const name = what === 'next' ? course.next : what;
  if (name === undefined) {
    tellBeside(`${learn.allDone}\n`);
    return EXIT.ok;
  }
  if (!course.chapters.some(({ scenarios }) => scenarios.some((each) => each.name === name))) {
    // A word that was meant otherwise is refused with what was meant.
    readScenarioFiles(name);
    throw new BadInput((words) => words.learn.notBundled(name));
  }
  return learnOne(name, { ...options, path, learn });
}

interface Learning extends LearnOptions {
  readonly path: string;
  readonly learn: LearnWords;
}

/** Plays a scenario; what was played to its end is done. */
async function learnOne(name: string, { path, learn, ...options }: Learning): Promise<number> {
  let isDone = false;
  const code = await playCommand(name, {
    ...options,
    onEnd: () => {
      isDone = true;
    },
  });
  if (!isDone) return code;
  const { files } = wordsIn(options.lang);
  try {
    keepDone(path, name);
  } catch (error) {
    const why = hostRefusal(error, files);
    if (why === undefined) throw error;
    tellBeside(`${learn.notKept(why)}\n`);
    return code;
  }
  const { next, done, count } = courseOf(options.lang, path);
  tellBeside(
    `${learn.finished(name, done, count)}\n${next === undefined ? learn.allDone : learn.goOn(next)}\n`,
  );
  return code;
}

interface Course {
  readonly chapters: readonly {
    readonly title: string;
    readonly scenarios: readonly { readonly name: string; readonly title: string; readonly done: boolean }[];
  }[];
  readonly done: number;
  readonly count: number;
  /** The first one that was not played yet. */
  readonly next?: string;
}

function courseOf(language: string, path: string): Course {
  const { done } = readProgress(path);
  const chapters = curriculum().chapters.map(({ title, scenarios }) => ({
    title: inLanguage(title, language),
    scenarios: scenarios.map((name) => ({
      name,
      title: titleOf(name, language),
      done: done.includes(name),
    })),
  }));
  const all = chapters.flatMap(({ scenarios }) => scenarios);
  const next = all.find((each) => !each.done)?.name;
  return {
    chapters,
    done: all.filter((each) => each.done).length,
    count: all.length,
    ...(next !== undefined && { next }),
  };
}

function titleOf(name: string, language: string): string {
  const opened = firstEvents(findPlayed(name)).find(({ type }) => type === 'ScenarioOpened');
  return opened?.type === 'ScenarioOpened' ? inLanguage(opened.title, language) : name;
}

async function listCourse({ lang, json }: LearnOptions, path: string): Promise<number> {
  const course = courseOf(lang, path);
  const { learn } = wordsIn(lang);
  if (json) {
    await writeOut([`${jsonText(course, 2)}\n`]);
    return EXIT.ok;
  }
  const { chapters, done, count, next } = course;
  const width = Math.max(...chapters.flatMap(({ scenarios }) => scenarios.map(({ name }) => name.length)));
  const text = chapters.map(({ title, scenarios }) => {
    const own = scenarios.filter((each) => each.done).length;
    const lines = scenarios.map((each) => {
      const mark = each.done ? '✓' : each.name === next ? '▸' : '·';
      return `  ${mark} ${each.name.padEnd(width)}  ${each.title}\n`;
    });
    return `${title}  ${own}/${scenarios.length}\n${lines.join('')}`;
  });
  const end = next === undefined ? learn.allDone : learn.goOn(next);
  await writeOut([`${text.join('\n')}\n${learn.played(done, count)} ${end}\n`]);
  return EXIT.ok;
}
