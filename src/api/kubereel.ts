import { resolve } from 'node:path';
import { readFolder } from '../cli/scenario-files.ts';
import type { ClusterDocument, ScenarioDocument } from '../scenario/language/schema/scenario-schema.ts';
import type { Cluster } from './cluster.ts';
import { clusterOf } from './cluster-of.ts';
import { newStory } from './growing-story.ts';
import { createInside } from './inside.ts';
import type { Manifests } from './place-manifests.ts';
import { casesAt, runCaseOf, type ScenarioOptions, type ScenarioRun } from './run-scenario.ts';

export type {
  CoreEvent,
  Deployment,
  Node,
  Pod,
  Service,
  StatefulSet,
} from '../cluster/objects/kubernetes.ts';
export type { Failure } from '../suite/case.ts';
export type {
  ApplyOptions,
  Cluster,
  CommandResult,
  Past,
  RunOptions,
  Until,
} from './cluster.ts';
export type { KindName, Kinds, ObjectOf, OtherObject } from './kinds.ts';
export type { Answered, EventLike, Moment, WhichLogs, WhichOnes } from './moment.ts';
export type { Manifests } from './place-manifests.ts';
export type { Reason } from './reason.ts';
export type { ScenarioOptions, ScenarioRun } from './run-scenario.ts';
export type { StoryFailed } from './story-failed.ts';
export type { Traffic, TrafficOptions } from './traffic.ts';

/** What a cluster is: as `cluster:` of a scenario says it, and what stands beside that. */
export interface ClusterOptions
  extends ClusterDocument,
    Pick<ScenarioDocument, 'images' | 'webhooks' | 'always'> {
  /** What its log is called. Default: `cluster`. */
  readonly name?: string;
  /** Which of the possible runs is played. Default 1. */
  readonly seed?: number | string;
  /** What is applied at the beginning. */
  readonly manifests?: Manifests | readonly string[];
  /**
   * The folder where lines are typed: all its files are at hand there. Without it only what is applied is,
   * and paths are seen from the folder where the program was started.
   */
  readonly folder?: string;
  /** Where the log of a failure is left; false: nowhere. Default: `.kubereel`. */
  readonly logs?: string | false;
}

/** A new cluster. It begins when something is asked of it for the first time. */
export function cluster(options: ClusterOptions = {}): Cluster {
  const { name = 'cluster', seed = 1, manifests, folder, logs = '.kubereel' } = options;
  const files = folder === undefined ? {} : readFolder(folder).files;
  const story = newStory(documentOf(options, name, seed), files);
  const made = clusterOf(createInside(story, { name, logs, root: resolve(folder ?? '.') }));
  if (manifests !== undefined) made.apply(manifests);
  return made;
}

/**
 * Runs scenarios to their ends: a file, all below a folder, or one that comes with the program; each with its
 * own seed, or those that are asked for.
 */
export function runScenarios(path: string | URL, options: ScenarioOptions = {}): readonly ScenarioRun[] {
  return casesAt(path, options).map((of) => runCaseOf(of, options));
}

function documentOf(options: ClusterOptions, name: string, seed: number | string): ScenarioDocument {
  const { images, webhooks, always, name: _, seed: __, manifests, folder, logs, ...cluster } = options;
  return {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name: labelOf(name), title: name },
    cluster,
    ...(images && { images }),
    ...(webhooks && { webhooks }),
    seed: String(seed),
    steps: [],
    ...(always && { always }),
  };
}

/** A name as Kubernetes would allow it, of any text. */
function labelOf(name: string): string {
  const words = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return words.replace(/^-+/, '').slice(0, 63).replace(/-+$/, '') || 'cluster';
}
