import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatClock } from '../../src/report/clock.ts';
import { paragraphsOf } from '../../src/report/paragraphs.ts';
import { printable } from '../../src/report/printable.ts';
import { formatSpan } from '../../src/report/span.ts';

test.each`
  ms           | clock            | span
  ${0}         | ${'00:00.000'}   | ${'0ms'}
  ${850}       | ${'00:00.850'}   | ${'850ms'}
  ${1499}      | ${'00:01.499'}   | ${'1s'}
  ${28_000}    | ${'00:28.000'}   | ${'28s'}
  ${119_000}   | ${'01:59.000'}   | ${'119s'}
  ${200_000}   | ${'03:20.000'}   | ${'3m20s'}
  ${240_000}   | ${'04:00.000'}   | ${'4m'}
  ${610_000}   | ${'10:10.000'}   | ${'10m'}
  ${3_600_000} | ${'1:00:00.000'} | ${'60m'}
  ${7_500_000} | ${'2:05:00.000'} | ${'2h5m'}
  ${7_200_000} | ${'2:00:00.000'} | ${'2h'}
`('$ms ms is $clock on a clock, and $span long', ({ ms, clock, span }) => {
  expect([formatClock(ms), formatSpan(ms)]).toEqual([clock, span]);
});

describe('paragraphs', () => {
  test.each([
    ['One line.', ['One line.']],
    ['Broken\nby its author.\n', ['Broken by its author.']],
    ['One.\n\nTwo\nlines.', ['One.', '', 'Two lines.']],
    ['See:\n- one\n  thing\n- two', ['See:', '- one', '  thing', '- two']],
    ['Do:\n1. this\n2. that\nand so on', ['Do:', '1. this', '2. that and so on']],
    [
      'Type\n\n    kubectl get pods\n    kubectl get nodes\n\nand look.',
      ['Type', '', '    kubectl get pods', '    kubectl get nodes', '', 'and look.'],
    ],
    ['파드를\n지켜보세요.', ['파드를 지켜보세요.']],
    ['', ['']],
  ])('of %j', (text, paragraphs) => {
    expect(paragraphsOf(text)).toEqual(paragraphs);
  });
});

describe('printable text', () => {
  test.each([
    ['plain, 한국어 and 🦊 stay\n\tas they are', 'plain, 한국어 and 🦊 stay\n\tas they are'],
    ['\u001b[31mred\u001b[0m', '^[[31mred^[[0m'],
    ['bell\u0007 back\b nul\u0000 del\u007f', 'bell^G back^H nul^@ del^?'],
    ['windows\r\nline, mac\rline', 'windows\nline, mac^Mline'],
    ['turned \u202eround\u202c', 'turned \ufffdround\ufffd'],
    ['\u009b31m', '\ufffd31m'],
  ])('of %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test('has nothing that a terminal acts on, and is printable already when printed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = printable(text);
        expect(
          [...shown].some((char) => (char < ' ' && char !== '\n' && char !== '\t') || char === '\u007f'),
        ).toBe(false);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });
});
