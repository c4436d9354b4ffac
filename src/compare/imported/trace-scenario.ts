import { stringify } from 'yaml';
import { SECOND } from '../../kernel/time/millis.ts';
import type { Recording } from '../recording/recording.ts';
import { asApplied, type DumpScenario } from './dump-scenario.ts';

/**
 * A scenario in which what a trace tells is applied and deleted again at its times, and whatever follows from
 * it is simulated: what SimKube does with it on a cluster.
 */
export function traceScenario({ changes, name, minor }: Recording): DumpScenario {
  const files: Record<string, string> = {};
  const steps: object[] = [];
  const spaces = new Set<string>();
  let now = 0;
  for (const [index, { type, object, atMs }] of changes.entries()) {
    if (atMs > now) steps.push({ wait: `${Math.round((atMs - now) / SECOND)}s` });
    now = Math.max(now, atMs);
    const { kind, metadata } = object;
    const { namespace = 'default', name: of } = metadata;
    if (type === 'DELETED') {
      steps.push({ run: `kubectl delete ${kind.toLowerCase()} ${of} -n ${namespace} --wait=false` });
      continue;
    }
    if (metadata.namespace !== undefined && namespace !== 'default' && !spaces.has(namespace))
      steps.push({ run: `kubectl create namespace ${namespace}` });
    spaces.add(namespace);
    const file = `applied/${String(index + 1).padStart(4, '0')}-${kind.toLowerCase()}-${of}.yaml`;
    files[file] = stringify(asApplied(object), { lineWidth: 0 });
    steps.push({ run: `kubectl apply --server-side -f ${file}` });
  }
  const document = {
    apiVersion: 'kubereel.dev/v1',
    kind: 'Scenario',
    metadata: { name },
    cluster: { version: `1.${minor}`, nodes: 3 },
    steps,
  };
  return {
    files: { ...files, 'scenario.yaml': stringify(document, { lineWidth: 0 }) },
    applied: Object.keys(files).length,
    made: 0,
  };
}
