import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { bundledScenario, playedLog } from '../support/play-scenario.ts';
import { showPlayer } from '../support/show-player.tsx';

const scenario = bundledScenario('pod-termination');
const log = playedLog('pod-termination');

const ONE_KEY = [...' ,.[]0159gGwW:/nNydHDolcpsLF!bB=-+ah?fveS\t\r\u001b\u007f가x"*('];
const ARROWS = ['\u001b[A', '\u001b[B', '\u001b[C', '\u001b[D', '\u001b[5~', '\u001b[6~', '\u001b[Z'];
const LINES = [
  ':pods\r',
  ':get po -o wide\r',
  ':30s\r',
  ':describe node node-1\r',
  '/pod\r',
  '/kind:Pod "x"\r',
  ':until .status.phase=Running\r',
  ':until reason:Killing\r',
  ':delete pod --all --wait=false\r',
  ':create ns mine\r',
  'eimage=nginx\r',
  'vnmine\r',
];

test('whatever is pressed, the screen is never larger than the terminal, and goes on answering', async () => {
  const keys = fc.array(fc.constantFrom(...ONE_KEY, ...ARROWS, ...LINES), { maxLength: 25 });
  const size = fc.record({
    columns: fc.integer({ min: 60, max: 210 }),
    rows: fc.integer({ min: 18, max: 62 }),
  });
  await fc.assert(
    fc.asyncProperty(keys, size, async (pressed, { columns, rows }) => {
      const { press, frame, close } = await showPlayer(log, {
        size: { columns, rows },
        ground: { scenario },
      });
      try {
        await press(...pressed);
        const lines = frame().split('\n');
        expect(lines.length).toBeLessThan(rows);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
        // Only what was opened has an end.
        await press('\u001b', '\u001b', '\u001b', 'v', ...Array.from({ length: 25 }, () => '\u001b[A'), '\r');
        await press('\u001b', '\u001b', 'G', '\u001b');
        expect(frame()).toMatch(/■ (?:the end|끝)/);
      } finally {
        close();
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);
