import { parseKubeVersion } from '../../cluster/objects/versions.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import { checkScheduler } from './check-scheduler.ts';
import { millisOf } from './compile-duration.ts';
import type { Report } from './report.ts';
import type { ClusterDocument } from './schema/scenario-schema.ts';

/** Those of which there are recordings, and all between them. */
const OLDEST_MINOR = 20;
const NEWEST_MINOR = 36;

/** Reports what is wrong with the cluster though its shape is right. */
export function checkCluster(cluster: ClusterDocument, report: Report): void {
  const { version, nodes, epoch, latencies, scheduler } = cluster;
  if (scheduler) checkScheduler(scheduler, report);
  const minor = version === undefined ? NEWEST_MINOR : parseKubeVersion(version)?.minor;
  if (minor === undefined || minor < OLDEST_MINOR || minor > NEWEST_MINOR) {
    report('unknown-version', ['cluster', 'version'], {
      message: `version ${version} of Kubernetes is not simulated`,
      hint: `write one from "1.${OLDEST_MINOR}" to "1.${NEWEST_MINOR}"`,
    });
  }
  if (epoch !== undefined && parseRfc3339(epoch) === undefined) {
    report('wrong-value', ['cluster', 'epoch'], { message: 'the calendar has no such day or hour' });
  }
  const names = new Set<string>();
  for (const [index, { name }] of Array.isArray(nodes) ? nodes.entries() : []) {
    if (names.has(name)) {
      report('duplicate-key', ['cluster', 'nodes', index, 'name'], {
        message: `there are two nodes called "${name}"`,
      });
    }
    names.add(name);
  }
  for (const [name, span] of Object.entries(latencies ?? {})) {
    if (!Array.isArray(span)) continue;
    const [low, high] = span.map((value) => (typeof value === 'number' ? value : millisOf(value)));
    if (low !== undefined && high !== undefined && low > high) {
      const message = 'the shortest is longer than the longest';
      report('wrong-value', ['cluster', 'latencies', name], { message, hint: 'turn the two around' });
    }
  }
}
