import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { checkpointsOf } from '../../src/replay/checkpoints.ts';
import { momentNamed } from '../../src/replay/place.ts';
import { momentOf } from '../../src/replay/seek.ts';
import type { Timeline } from '../../src/replay/timeline.ts';
import { formatClock } from '../../src/report/clock.ts';
import { stateText } from '../../src/report/state-text.ts';
import { wordsIn } from '../../src/words/words-in.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;

interface Checked {
  readonly file: string;
  readonly name: string;
  readonly timeline: Timeline;
  /** Those of the branches of which the story tells, by their names. */
  readonly branches: ReadonlyMap<string, Timeline>;
  /** Where to put what the page looks like, without the ending of the file's name. */
  readonly pictures?: string;
}

/**
 * What is wrong with a page that is opened from its file: what a console says, what is asked of a network,
 * states that are not those of the log, what those miss who use it otherwise than by sight and mouse.
 */
export async function faultsOfPage(browser: Browser, checked: Checked): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { width, height, colorScheme } of SIZES) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    const page = await context.newPage();
    listenTo(page, faults);
    await page.goto(pathToFileURL(checked.file).href);
    await page.waitForSelector('footer');
    if (width > height) {
      await scrub(page, checked, faults);
      await page.reload();
      await branchOut(page, checked, faults);
    } else await page.locator('.views button').nth(2).click();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      faults.push(...(await missedBy(page)));
    }
    const scrolls = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    if (scrolls) faults.push(`at ${width} pixels the page is wider than the screen`);
    if (checked.pictures !== undefined)
      await photograph(page, `${checked.pictures}-${width}`, width > height);
    await context.close();
  }
  return [...new Set(faults)];
}

function listenTo(page: Page, faults: string[]): void {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`the console says: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`it fails: ${error.message}`));
  page.on('request', (request) => {
    if (!/^(?:file|data|blob):/.test(request.url())) faults.push(`it asks for ${request.url()}`);
  });
}

/** Goes through time by mouse, keys and links, and compares what the page shows with what the log says. */
async function scrub(page: Page, checked: Checked, faults: string[]): Promise<void> {
  const { timeline, name } = checked;
  await page.getByRole('tab').nth(1).click();
  const compare = comparing(page, checked, faults);
  await compare('opened');
  const range = page.getByRole('slider');
  const box = await range.boundingBox();
  if (!box) throw new Error('there is nothing to scrub on');
  const places: number[] = [];
  for (const part of [0.3, 0.6, 0.9]) {
    await page.mouse.click(box.x + part * box.width, box.y + box.height / 2);
    places.push(await compare(`at ${part} of the line`));
  }
  for (const key of [',', '.', '[', ']', 'ArrowLeft', 'Home', ']', 'End']) {
    await page.keyboard.press(key);
    places.push(await compare(`after ${key}`));
  }
  if (places.at(-1) !== timeline.stops.at(-1)) faults.push('the last key does not lead to the end');
  const lanes = page.getByRole('tab').first();
  await lanes.click();
  await page.locator('.lanes svg').click({ position: { x: 400, y: 40 } });
  await page.getByRole('tab').nth(1).click();
  places.push(await compare('after a click into the lanes'));
  await page.goto(`${page.url().replace(/#.*/, '')}#step=2`);
  const step = await compare('at #step=2');
  if (step < (timeline.steps[1] ?? 0)) faults.push('#step=2 does not lead to step 2');
  const [checkpoint] = checkpointsOf(timeline);
  if (checkpoint) {
    await page.locator(`a[href="#at=${checkpoint.name}"]`).click();
    if ((await compare('at a checkpoint')) !== momentNamed(timeline, checkpoint.name)?.cursor)
      faults.push('the link of a checkpoint does not lead there');
    await page.goto(`${page.url().replace(/#.*/, '')}#step=2`);
  }
  await page.locator('header > button').click();
  const language = await page.evaluate('document.documentElement.lang');
  const state = wordsIn(String(language));
  const shown = (await page.locator('.state').textContent()) ?? '';
  const here = momentNamed(timeline, String(step));
  if (language === 'en' || !here || shown !== stateText(timeline, here, { name, words: state }))
    faults.push('the button of the other language does not lead there');
  if (new Set(places).size < 4) faults.push('scrubbing leads to the same places');
}

/** Compares the state that is shown with that of a log; the place of both. */
function comparing(page: Page, { timeline, name }: Pick<Checked, 'timeline' | 'name'>, faults: string[]) {
  return async (how: string): Promise<number> => {
    const shown = (await page.locator('.state').textContent()) ?? '';
    const [, clock = '', entry = ''] = /at ([\d:.]+) \(entry (\d+)\)/.exec(shown) ?? [];
    const seq = Number(entry);
    // Between two entries time goes on: then it is asked for by the time.
    const isEntry = clock === formatClock(timeline.timeOf(seq));
    const at = isEntry ? momentOf(timeline, seq) : momentNamed(timeline, clock);
    const said = at && stateText(timeline, at, { name, words: wordsIn('en') });
    if (entry === '' || shown !== said)
      faults.push(`${how}: another state is shown than that of entry ${seq}`);
    return seq;
  };
}

/** Goes into each branch, by its button and by a link, and through its states. */
async function branchOut(page: Page, { branches, name, timeline }: Checked, faults: string[]): Promise<void> {
  const address = page.url().replace(/#.*/, '');
  const choices = page.locator('.branches button');
  await page.goto(`${address}#step=2&lang=en`);
  if ((await choices.count()) !== (branches.size > 0 ? branches.size + 1 : 0))
    faults.push('there are not as many branches as the story tells of');
  for (const [index, [branch, own]] of [...branches].entries()) {
    await choices.nth(index + 1).click();
    const compare = comparing(page, { timeline: own, name }, faults);
    await page.getByRole('tab').nth(1).click();
    const first = await compare(`in ${branch}`);
    const range = page.getByRole('slider');
    const box = await range.boundingBox();
    if (box) await page.mouse.click(box.x + 0.8 * box.width, box.y + box.height / 2);
    await compare(`in ${branch}, at 0.8 of the line`);
    await page.keyboard.press('End');
    if ((await compare(`at the end of ${branch}`)) !== own.stops.at(-1) || first >= (own.stops.at(-1) ?? 0))
      faults.push(`the last key does not lead to the end of ${branch}`);
    await page.goto(`${address}#step=${own.steps.length}&branch=${branch}`);
    if ((await compare(`at a link into ${branch}`)) < (own.steps.at(-1) ?? 0))
      faults.push(`a link into ${branch} does not lead there`);
    await choices.first().click();
    await comparing(page, { timeline, name }, faults)(`back from ${branch}`);
  }
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function missedBy(page: Page): Promise<readonly string[]> {
  // It is half a megabyte: once a page is enough.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
  const violations = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as Violation[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => `${impact}: ${id}: ${nodes[0]?.html.slice(0, 100)}`);
}

async function photograph(page: Page, path: string, isWide: boolean): Promise<void> {
  await page.goto(`${page.url().replace(/#.*/, '')}#step=3`);
  await page
    .getByRole('tab')
    .nth(isWide ? 0 : 2)
    .click();
  if (!isWide) await page.locator('.views button').first().click();
  await page.screenshot({ path: `${path}.png` });
}
