import { describe, expect, test } from 'vitest';
import { resourceOf } from '../../../../../../src/cluster/objects/schema/resources.ts';
import { isDescribed, nameIn, splitDescriptions } from './described.ts';
import { hasRecordings, type Recording, readRecording, recordingNames } from './recording.ts';

/** What cannot be reproduced, because the recording does not hold what the command saw. */
const GAPS: Readonly<Record<string, readonly string[]>> = {
  // The watches of this recording end before its commands do.
  'v1.20/b1-liveness-exec-solo': ['202.283 kubectl describe pod liveness-exec: liveness-exec'],
};

describe.skipIf(!hasRecordings)('kubectl describe prints what it printed on real clusters', () => {
  test.each(hasRecordings ? recordingNames() : ['no recordings beside the project'])('%s', (name) => {
    expect(missedIn(readRecording(name))).toEqual(GAPS[name] ?? []);
  });
});

function missedIn(recording: Recording): string[] {
  return recording.commands.flatMap(({ line, beginMs, endMs, output }) => {
    const [, kind = ''] = /^kubectl describe ([a-z]+)/.exec(line) ?? [];
    const resource = resourceOf(kind);
    if (resource === undefined) return [];
    const texts = splitDescriptions(output);
    return texts
      .filter(
        (text) => !isDescribed({ recording, text, count: texts.length, beginMs, endMs }, [resource.kind]),
      )
      .map((text) => `${(beginMs / 1000).toFixed(3)} ${line.replace(/ +#.*$/, '')}: ${nameIn(text)}`);
  });
}
