import { expect, test } from 'vitest';
import { type TerminalRun, terminalSvg } from '../../../src/report/record/terminal-svg.ts';
import { THEMES } from '../../../src/report/record/theme.ts';

const run = (text: string, more: Partial<TerminalRun> = {}): TerminalRun => ({
  cell: 10,
  cells: text.length,
  text,
  style: {},
  ...more,
});
const picture = { title: 'A <title>', desc: 'in more words', columns: 40, theme: 'auto' } as const;

test.each<[string, TerminalRun, string]>([
  ['letters', run('ab<'), '<text x="98" y="27.5" textLength="25.2">ab&lt;</text>'],
  [
    'colour and weight',
    run('ok', { style: { bold: true, color: 'green' } }),
    '<text class="green bold" x="98"',
  ],
  [
    'wide letters',
    run('한글', { cells: 4 }),
    '<text class="wide" lengthAdjust="spacingAndGlyphs" x="98" y="27.5" textLength="33.6">한글',
  ],
  ['blocks', run('███'), '<rect class="plain" x="98" y="15.44" width="25.2" height="15.12"/>'],
  [
    'shades',
    run('░', { style: { color: 'red' } }),
    '<rect class="red" x="98" y="15.44" width="8.4" height="15.12" opacity="0.28"/>',
  ],
  [
    'inverse',
    run('x', { style: { inverse: true } }),
    '<rect class="plain" x="98" y="14" width="8.4" height="18"/>\n<text class="on"',
  ],
])('draws %s', (_what, each, expected) => {
  expect(terminalSvg([[each]], picture)).toContain(expected);
});

test('blanks are not drawn, and the picture says what it shows', () => {
  const svg = terminalSvg([[run('   ')]], picture);
  expect(svg).not.toContain('<text ');
  expect(svg).toContain('<title>A &lt;title&gt;</title>\n<desc>in more words</desc>');
});

test.each(THEMES)('in theme %s', (theme) => {
  const svg = terminalSvg([[run('a')]], { ...picture, theme });
  expect({
    follows: svg.includes('prefers-color-scheme'),
    light: svg.includes('#1f2328'),
    dark: svg.includes('#e6edf3'),
  }).toEqual({ follows: theme === 'auto', light: theme !== 'dark', dark: theme !== 'light' });
});
