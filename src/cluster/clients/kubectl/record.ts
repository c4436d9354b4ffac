import type { KubeObject } from '../../objects/kube-object.ts';
import type { Flag } from '../flags/flag.ts';
import { parseFlags } from '../flags/parse-flags.ts';
import { GLOBAL_FLAGS } from './flags/common-flags.ts';
import type { Invocation } from './invocation.ts';

export const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/**
 * The object with the command line in its annotation, if --record asks for it (cli-runtime: record_flags.go).
 */
export function recorded<Kind extends KubeObject>(
  invocation: Invocation,
  object: Kind,
  flags: readonly Flag[],
): Kind {
  const { flags: values } = invocation;
  if (!values.has('record') || !values.bool('record')) return object;
  const annotations = { ...object.metadata.annotations, [CHANGE_CAUSE]: commandText(invocation, flags) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/**
 * `kubectl set image deployment/web c=nginx:1.17 --record=true`: arguments first, then the flags by their
 * full names.
 */
function commandText({ call }: Invocation, flags: readonly Flag[]): string {
  const read = parseFlags(call.args, [...flags, ...GLOBAL_FLAGS]);
  if ('problem' in read) return '';
  const { args, typed } = read.parsed;
  const words = [...typed].flatMap(([name, values]) => values.map((value) => `--${name}=${value}`));
  return ['kubectl', ...args, ...words].join(' ');
}
