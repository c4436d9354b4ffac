import { describe, expect, test } from 'vitest';
import { compareOutputs, type OutputComparison } from '../../src/compare/outputs/compare-outputs.ts';
import { JUDGED } from './judged.ts';
import { KNOWN_OUTPUT_DIFFERENCES } from './known-differences.ts';
import { hasRecordings, playOf, readRecording } from './recordings.ts';

/**
 * How many outputs are the same byte for byte, where no drawn time, name, address or identity is in them. The
 * numbers may only grow.
 */
const LEAST_IDENTICAL: Readonly<Record<string, number>> = {
  'v1.36/b1-liveness-exec': 23,
  'v1.36/b5-termination-solo': 8,
  'v1.20/b1-liveness-exec': 23,
  'v1.20/b5-termination-solo': 8,
};

describe.skipIf(!hasRecordings)('What was typed on a real cluster, typed here', () => {
  test.each(JUDGED)('prints what it printed in %s', (name) => {
    const { differences } = outputsOf(name);
    const known = KNOWN_OUTPUT_DIFFERENCES.filter(({ recording }) => recording === name);
    const unexpected = differences.filter(({ line }) => !known.some(({ command }) => command.test(line)));
    expect(unexpected.map(({ index, line, text }) => `${index + 1}. $ ${line}\n${text}`).join('\n\n')).toBe(
      '',
    );
  });

  test.each(Object.entries(LEAST_IDENTICAL))(
    'prints in %s at least %i outputs byte for byte',
    (name, least) => {
      expect(outputsOf(name).identical).toBeGreaterThanOrEqual(least);
    },
  );

  test('every known difference is one still', () => {
    const stale = KNOWN_OUTPUT_DIFFERENCES.filter(
      ({ recording, command }) => !outputsOf(recording).differences.some(({ line }) => command.test(line)),
    );
    expect(stale).toEqual([]);
  });

  test('another output is seen', () => {
    const recording = readRecording('v1.36/b1-liveness-exec');
    const reworded = recording.commands.map((one) => ({
      ...one,
      output: one.output.replace('delay=5s', 'delay=9s'),
    }));
    expect(compareOutputs(recording, { ...recording, commands: reworded }).differences).toHaveLength(2);
    const aged = recording.commands.map((one) => ({
      ...one,
      output: one.output.replace(/66s ago/g, '61s ago'),
    }));
    expect(compareOutputs(recording, { ...recording, commands: aged }).differences).toHaveLength(3);
  });
});

test.skipIf(hasRecordings)('The recordings of real clusters do not lie beside the project', ({ skip }) =>
  skip('there is nothing to compare with'),
);

function outputsOf(name: string): OutputComparison {
  const recording = readRecording(name);
  return compareOutputs(recording, playOf(recording));
}
