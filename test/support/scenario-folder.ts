import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that is gone after the tests, to put scenarios and logs in. */
export interface Scratch {
  readonly path: string;
  /** Writes a file, and the folders that it lies in; returns its path. */
  write(name: string, text: string): string;
  remove(): void;
}

export function createScratch(): Scratch {
  const path = mkdtempSync(join(tmpdir(), 'kubereel-'));
  return {
    path,
    write(name, text) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A scenario with the given lines after its head; they begin in its fifth line. */
export function scenarioText(body: string, name = 'small'): string {
  return `apiVersion: kubereel.dev/v1\nkind: Scenario\nmetadata: { name: ${name} }\n# What happens:\n${body}`;
}

/** A story without a pod: it takes no time to play. */
export const SMALL_SCENARIO = scenarioText(`steps:
  - say: { en: Once upon a time., ko: 옛날 옛적에. }
  - run: kubectl create configmap cm --from-literal=a=b
  - run: kubectl get configmap cm -o jsonpath={.data.a}
    expect: { output: { equals: b } }
`);

/** The same, but in the end it is not what was expected. */
export const MISSED_SCENARIO = scenarioText(`steps:
  - run: kubectl create configmap cm --from-literal=a=b
  - run: kubectl get configmap cm -o jsonpath={.data.a}
    expect: { output: { equals: c } }
`);
