import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import { checkRegularExpression } from './check-pattern.ts';
import type { Report } from './report.ts';
import type { QuizDocument } from './schema/quiz-schema.ts';
import type { ScenarioDocument } from './schema/scenario-schema.ts';
import type { Path } from './span-at.ts';
import { forkedAfter, type Story, storiesOf } from './stories.ts';

/** Reports what is wrong with the names of instants and branches, and with questions. */
export function checkStories(document: ScenarioDocument, report: Report): void {
  const stories = storiesOf(document);
  const steps = stories.flatMap((story) => story.steps.slice(story.shared));
  const names = new Set<string>();
  for (const { step, path } of steps) {
    if (step.checkpoint !== undefined)
      checkCheckpoint(step.checkpoint, [...path, 'checkpoint'], { names, report });
    if (step.quiz) checkQuiz(step.quiz, [...path, 'quiz'], report);
  }
  const branches = new Set<string>([MAIN]);
  for (const story of stories) checkBranches(story, { names: branches, report });
  for (const { step, path, phase } of steps) {
    if (step.at === undefined || phase !== 'teardown') continue;
    const message = 'nobody knows when a teardown begins';
    report('conflicting-keys', [...path, 'at'], { message, hint: 'take "at" away', aim: 'key' });
  }
}

interface Naming {
  readonly names: Set<string>;
  readonly report: Report;
}

/** What is another instant already: a number, a time, a step. */
const OTHER_INSTANT = /^(?:\d.*|start|end|(?:first|last)-warning|step-?\d+)$/;

function checkCheckpoint(name: string, path: Path, { names, report }: Naming): void {
  if (OTHER_INSTANT.test(name)) {
    const message = `"${name}" means another instant already`;
    report('wrong-value', path, { message, hint: 'begin it with a word of its own: rolled-out' });
  }
  if (names.has(name))
    report('duplicate-key', path, { message: `there are two checkpoints called "${name}"` });
  names.add(name);
}

/** What the story itself is called among its branches. */
const MAIN = 'main';

function checkBranches({ steps, shared }: Story, { names, report }: Naming): void {
  for (const [index, { step, path }] of steps.entries()) {
    const { branch } = step;
    // What is shared is another story's.
    if (!branch || index < shared) continue;
    const { name, from } = branch;
    if (names.has(name)) {
      const message =
        name === MAIN ? 'the story itself is called "main"' : `there are two branches called "${name}"`;
      report('duplicate-key', [...path, 'branch', 'name'], { message });
    }
    names.add(name);
    if (from === undefined || forkedAfter(steps, index) < index) continue;
    const before = steps.slice(0, index).flatMap((each) => each.step.checkpoint ?? []);
    const isLater = steps.some((each) => each.step.checkpoint === from);
    const near = nearMiss(from, before);
    const known =
      before.length === 0
        ? 'name an instant in a step before: checkpoint: …'
        : `there are ${before.join(', ')}`;
    report('matches-nothing', [...path, 'branch', 'from'], {
      message: `no step before this is the checkpoint "${from}"`,
      hint: isLater ? 'put the branch behind it' : near === undefined ? known : `did you mean "${near}"?`,
    });
  }
}

function checkQuiz({ choices, answer }: QuizDocument, path: Path, report: Report): void {
  const at = [...path, 'answer'];
  if (choices) {
    if (typeof answer === 'number' && answer <= choices.length) return;
    const message = `the answer is the number of a choice, 1 to ${choices.length}`;
    const hint = typeof answer === 'number' ? undefined : 'write answer: 1';
    report('wrong-value', at, { message, ...(hint !== undefined && { hint }) });
    return;
  }
  if (typeof answer === 'number') {
    const hint = `write answer: "${answer}", or give it choices`;
    report('wrong-type', at, { message: 'a question without choices is answered with a text', hint });
    return;
  }
  for (const [index, text] of (Array.isArray(answer) ? answer : [answer]).entries())
    if (/^\/.*\/[ims]*$/.test(text))
      checkRegularExpression(text, { path: Array.isArray(answer) ? [...at, index] : at, report });
}
