import { usedOnNode } from '../../cluster/node/usage/container-usage.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import type { Instant } from './instant.ts';
import type { Sample } from './open-metrics.ts';

/** Adds up what containers use, from one scrape to the next. */
export interface UsageMeter {
  /** What cAdvisor says of containers now. */
  samples(instant: Instant): Generator<Sample>;
}

/** @param firstMs How far back the first scrape looks. */
export function createUsageMeter(firstMs: Millis): UsageMeter {
  const seconds = new Map<string, number>();
  let last: Millis | undefined;
  return {
    *samples({ view, now }) {
      const lengthMs = last === undefined ? firstMs : now - last;
      last = now;
      if (lengthMs <= 0) return;
      for (const { node, off } of view.rows.rowsBy('machines', 'all', '')) {
        if (off) continue;
        for (const { running, cpus, memoryBytes } of usedOnNode(view, node, { now, lengthMs })) {
          const { row } = running;
          const [namespace, pod] = row.pod.split('/');
          const labels = { node, namespace, pod, container: row.name, image: row.image, id: row.id };
          const passedMs = Math.min(lengthMs, now - (row.startedAt ?? now));
          const used = (seconds.get(row.id) ?? 0) + (cpus * passedMs) / 1000;
          seconds.set(row.id, used);
          yield { family: 'container_cpu_usage_seconds', labels, value: Number(used.toFixed(6)) };
          yield { family: 'container_memory_working_set_bytes', labels, value: memoryBytes };
        }
      }
    },
  };
}
