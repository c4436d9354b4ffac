import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { KubeVersion } from '../../../src/cluster/objects/versions.ts';

/** Recordings of real clusters, beside the repository where they are at hand. */
const GROUND_TRUTH = join(import.meta.dirname, '../../../../shared/groundtruth');

export const hasRecordings = existsSync(GROUND_TRUTH);

export interface Recording {
  readonly name: string;
  readonly version: KubeVersion;
  /** The objects of all manifests that the scenario uses. */
  readonly manifests: readonly KubeObject[];
  /** Watch events in their order. */
  readonly events: readonly { readonly type: string; readonly object: KubeObject }[];
}

export function recordingNames(): readonly string[] {
  if (!hasRecordings) return [];
  return ['v1.20', 'v1.36'].flatMap((version) =>
    readdirSync(join(GROUND_TRUTH, version), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${version}/${entry.name}`),
  );
}

export function readRecording(name: string): Recording {
  const folder = join(GROUND_TRUTH, name);
  const trace = join(folder, 'trace.ndjson');
  const lines = existsSync(trace) ? readFileSync(trace, 'utf8').trim().split('\n') : [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return {
    name,
    version: { minor: name.startsWith('v1.20') ? 20 : 36, patch: 2 },
    manifests: files.flatMap((file) => readManifest(join(folder, file))),
    events: lines.map((line) => JSON.parse(line)),
  };
}

function readManifest(file: string): readonly KubeObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map((document) => document.toJS())
    .filter((object) => object?.kind !== undefined);
}
