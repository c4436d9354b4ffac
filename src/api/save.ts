import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { createLogFile } from '../cli/log-file.ts';
import { PRODUCT_VERSION } from '../cli/version.ts';
import { logHeaderOf } from '../scenario/log-header.ts';
import type { GrowingStory } from './growing-story.ts';

/** Writes the log of a story; the path as it was given. */
export function saveLog(story: GrowingStory, path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const scenario = story.scenario();
  const file = createLogFile(path, logHeaderOf(scenario, scenario.settings.seed, PRODUCT_VERSION));
  file.append(story.log());
  file.close();
  return path;
}

/** Writes a scenario that plays the same, beside the files that its lines use. */
export function saveScenario(story: GrowingStory, folder: string): void {
  const texts = { ...story.files(), 'scenario.yaml': stringify(story.document(), { lineWidth: 0 }) };
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What the log of a failure is called: after what failed. */
export function logPath(folder: string, name: string): string {
  const words = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return join(folder, `${words.slice(0, 100) || 'cluster'}.log`);
}
