import { quoteGo } from '../../../../objects/go-json.ts';
import type { Container, EnvVar, Pod } from '../../../../objects/kubernetes.ts';
import { envVarNameProblems } from '../../../../objects/validation/name-syntax.ts';
import { fail } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import { overridden } from '../../overrides.ts';
import { namespacedMeta } from '../create/typed-object.ts';

/** The pod that the flags of `run` describe (kubectl: pkg/generate/versioned/run.go BasicPod). */
export function podOfRun(invocation: Invocation, name: string, restartPolicy: string): Pod {
  const { flags } = invocation;
  const annotations = readPairs(flags.list('annotations'), 'annotations');
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: namespacedMeta(invocation, {
      name,
      labels: labelsOfRun(invocation, name),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    }),
    spec: { containers: [containerOf(invocation, name)], dnsPolicy: 'ClusterFirst', restartPolicy },
    status: {},
  };
  return overridden(invocation, pod);
}

export function labelsOfRun({ flags }: Invocation, name: string): Record<string, string> {
  const text = flags.text('labels');
  return text === '' ? { run: name } : readPairs(text.split(','), 'labels');
}

function containerOf({ args, flags }: Invocation, name: string): Container {
  const words = args.slice(1);
  const env = environment(flags.list('env'));
  const port = flags.text('port');
  const pullPolicy = flags.text('image-pull-policy');
  return {
    name,
    image: flags.text('image'),
    ...(words.length === 0 ? {} : { [flags.bool('command') ? 'command' : 'args']: words }),
    ...(env.length === 0 ? {} : { env }),
    ...(pullPolicy === '' ? {} : { imagePullPolicy: pullPolicy }),
    ...(port === '' ? {} : { ports: [{ containerPort: readPort(port) }] }),
    resources: {},
    ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
    ...(flags.bool('stdin') ? { stdin: true } : {}),
    ...(flags.bool('stdin') && !flags.bool('leave-stdin-open') ? { stdinOnce: true } : {}),
    ...(flags.bool('tty') ? { tty: true } : {}),
  };
}

function environment(pairs: readonly string[]): EnvVar[] {
  return pairs.map((pair) => {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(equals, 0));
    if (equals <= 0 || envVarNameProblems(name).length > 0) fail(`invalid env: ${pair}`);
    return { name, value: pair.slice(equals + 1) };
  });
}

function readPort(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : fail(`strconv.Atoi: parsing ${quoteGo(text)}: invalid syntax`);
}

function readPairs(pairs: readonly string[], what: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals <= 0)
      fail(what === 'labels' ? `unexpected label spec: ${pair}` : `invalid ${what} format: ${pair}`);
    found[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return found;
}
