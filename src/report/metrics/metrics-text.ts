import { resourceForKind } from '../../cluster/objects/schema/resources.ts';
import type { World } from '../../cluster/world/world.ts';
import { firstAbove } from '../../kernel/table/first-above.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { clusterSamples } from './cluster-samples.ts';
import { type Instant, instantOf } from './instant.ts';
import { machineSamples } from './machine-samples.ts';
import { createMetricsText, type Sample } from './open-metrics.ts';
import { podSamples } from './pod-samples.ts';
import { trafficSamples } from './traffic-samples.ts';
import { createUsageMeter } from './usage-samples.ts';
import { workloadSamples } from './workload-samples.ts';

/**
 * The metrics of a cluster over the time of its log, scraped every `everyMs` from its beginning on and once
 * at its end, as OpenMetrics text with timestamps (of a tool's backfill: `promtool tsdb create-blocks-from
 * openmetrics`).
 */
export function metricsText(timeline: Timeline, everyMs: Millis): Iterable<string> {
  const text = createMetricsText();
  const meter = createUsageMeter(everyMs);
  for (const at of scrapes(timeline.duration, everyMs)) {
    const cursor = timeline.stops[firstAbove(timeline.stops, at, timeline.timeOf) - 1] ?? 0;
    const instant = instantOf(timeline.worldAt(cursor), at);
    if (!instant) continue;
    const epochMs = instant.view.settings.epochMs + at;
    text.take([...samplesAt(timeline.worldAt(cursor), instant), ...meter.samples(instant)], epochMs);
  }
  return text.pieces();
}

/** What a scrape of a cluster meets now. */
export function metricsNow(world: World, at: Millis): string {
  const instant = instantOf(world, at);
  if (!instant) return '';
  const text = createMetricsText();
  text.take([...samplesAt(world, instant)], instant.view.settings.epochMs + at);
  return [...text.pieces()].join('');
}

function* scrapes(end: Millis, everyMs: Millis): Generator<Millis> {
  for (let at = 0; at < end; at += everyMs) yield at;
  yield end;
}

function* samplesAt(world: World, instant: Instant): Generator<Sample> {
  yield* clusterSamples(instant);
  yield* workloadSamples(instant);
  yield* podSamples(instant);
  yield* machineSamples(instant);
  yield* trafficSamples(instant);
  yield* storageSamples(world);
}

function* storageSamples({ store, seq }: World): Generator<Sample> {
  const counts = new Map<string, number>();
  for (const [, { apiVersion, kind }] of store.tables.objects.rows(seq)) {
    const resource = resourceForKind(apiVersion, kind)?.name ?? kind;
    counts.set(resource, (counts.get(resource) ?? 0) + 1);
  }
  for (const [resource, value] of counts) {
    yield { family: 'apiserver_storage_objects', labels: { resource }, value };
  }
}
