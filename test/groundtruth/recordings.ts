import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openRecording } from '../../src/cli/read-recording.ts';
import type { Play } from '../../src/compare/play.ts';
import { playRecording } from '../../src/compare/recording/play-recording.ts';
import type { Recording } from '../../src/compare/recording/recording.ts';

const root = fileURLToPath(new URL('../../../shared/groundtruth', import.meta.url));

/** Whether the recordings of real clusters lie beside the project. */
export const hasRecordings = existsSync(root);

const read = new Map<string, Recording>();

/** A recording by its name (`v1.36/b1-liveness-exec`), read once. */
export function readRecording(name: string): Recording {
  const recording = read.get(name) ?? openRecording(`${root}/${name}`).recording;
  read.set(name, recording);
  return recording;
}

const played = new Map<string, Play>();

/** What was typed in a recording, played here; each seed once. */
export function playOf(recording: Recording, seed = '1'): Play {
  const key = `${recording.name} ${recording.endMs} ${seed}`;
  const play = played.get(key) ?? playRecording(recording, { seed });
  played.set(key, play);
  return play;
}
