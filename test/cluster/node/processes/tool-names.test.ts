import { expect, test } from 'vitest';
import { toolOf } from '../../../../src/cluster/node/processes/tools/registry.ts';
import { allToolNames } from '../../../../src/cluster/node/processes/tools/tool-names.ts';
import { play } from './play.ts';

test('whatever an image is said to have is there', () => {
  expect(allToolNames().filter((name) => toolOf(name) === undefined)).toEqual([]);
});

test.each(
  allToolNames().filter((name) => !['unsimulated', 'tini', 'dumb-init', 'curl', 'dig'].includes(name)),
)('%s without arguments ends, or waits for what can come', (name) => {
  const { exit, state, failed } = play({ argv: [name], untilMs: 5000, pid: 3 });
  expect(failed).toBeUndefined();
  expect(exit !== undefined || Object.keys(state?.tasks ?? {}).length > 0).toBe(true);
});

test('an option that a tool does not have is named, with the usage', () => {
  const { stderr, exit } = play({ argv: ['cat', '-y', 'f'] });
  expect(stderr).toMatch(
    /^cat: invalid option -- 'y'\nBusyBox v1\.36\.1 .* multi-call binary\.\n\nUsage: cat /,
  );
  expect(exit).toEqual({ code: 1 });
});

test('a command that images have and that is not simulated is named, not denied', () => {
  const played = play({ argv: ['sh', '-c', 'gzip x; echo $?; apt-get update; echo $?'] });
  expect(played.stderr).toBe('gzip: this command is not simulated\nsh: apt-get: not found\n');
  expect(played.stdout).toBe('1\n127\n');
  expect(played.effects).toContainEqual({
    type: 'NoticeGiven',
    message: 'the command gzip is not simulated',
  });
});

test('what is not simulated says so, and is told', () => {
  const played = play({ argv: ['sh', '-c', "sed 'N;P;D' f; awk '{ for (i in a) print }'"] });
  expect(played.stderr).toBe("sed: 'N;P;D' is not simulated\nawk: 'for' is not simulated\n");
  expect(played.effects.filter((effect) => effect.type === 'NoticeGiven')).toHaveLength(2);
});
