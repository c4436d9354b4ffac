import { managedIn } from '../../cluster/kubeadm/pki.ts';
import { parseImageName } from '../../cluster/objects/image-name.ts';
import { type Resource, resourceOf } from '../../cluster/objects/schema/resources.ts';
import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import type { KubeVersion } from '../../cluster/objects/versions.ts';
import type { KnownWords } from './known-words.ts';
import type { Report } from './report.ts';
import type { FaultDocument } from './schema/fault-schema.ts';
import type { HindranceDocument } from './schema/hindrance-schema.ts';
import type { PathDocument } from './schema/path-schema.ts';
import type { Path } from './span-at.ts';

type OtherFault = Exclude<FaultDocument, PathDocument | HindranceDocument>;

interface Elsewhere {
  readonly path: Path;
  readonly report: Report;
  readonly words: KnownWords;
  readonly resources: readonly Resource[];
  /** Registries that do not do as they should at this point of the story. */
  readonly broken: Set<string>;
}

/** Reports what can't break that is of no machine in particular. */
export function checkElsewhere(fault: OtherFault, elsewhere: Elsewhere): void {
  if ('fail' in fault || 'slow' in fault) checkRegistry(fault, elsewhere);
  else if ('mend' in fault) checkMended(fault, elsewhere);
  else if ('drop' in fault) checkResources(fault.resources ?? [], elsewhere);
  else if ('pod' in fault) checkPod(fault.pod, elsewhere);
}

function checkRegistry(
  fault: Extract<OtherFault, { fail: unknown } | { slow: unknown }>,
  { path, report, broken }: Elsewhere,
): void {
  const { registry = '*' } = fault;
  if (registry !== '*' && parseImageName(`${registry}/image`)?.registry !== registry) {
    const message = `"${registry}" is no host of a registry`;
    const hint = 'write its host: docker.io, registry.example.com, localhost:5000';
    report('wrong-value', [...path, 'registry'], { message, hint });
  }
  broken.add(registry);
}

function checkMended(fault: FaultDocument, { path, report, broken }: Elsewhere): void {
  const { registry = '*' } = 'registry' in fault ? fault : {};
  if (broken.delete(registry)) return;
  const others = [...broken].map((each) => (each === '*' ? 'all of them' : each)).join(', ');
  const hint = others === '' ? 'take the step away' : `what fails or is slow: ${others}`;
  report('conflicting-keys', [...path, 'mend'], { message: 'it does as it should', hint });
}

function checkResources(words: readonly string[], { path, report, resources }: Elsewhere): void {
  for (const [index, word] of words.entries()) {
    if (resourceOf(word, resources)) continue;
    const near = nearMiss(
      word,
      resources.map(({ name }) => name),
    );
    const hint =
      near === undefined ? 'write it as kubectl does: pods, deployments' : `did you mean "${near}"?`;
    const message = `there is no resource "${word}"`;
    report('unknown-kind', [...path, 'resources', index], { message, hint });
  }
}

function checkPod(pod: string, { path, report, words }: Elsewhere): void {
  if (pod.includes('${') || words.has(pod)) return;
  const near = words.near(pod);
  report('matches-nothing', [...path, 'pod'], {
    message: `nothing here is called "${pod}": no command and no manifest of the scenario has that word`,
    hint:
      near === undefined ? 'capture its name in an earlier step: capture: { … }' : `did you mean "${near}"?`,
  });
}

const NEWEST: KubeVersion = { minor: 36, patch: 0 };

interface OfPlanes {
  readonly path: Path;
  readonly report: Report;
  readonly planes: readonly string[];
}

/** What only a machine of the control plane has: certificates of kubeadm's, a member of etcd. */
export function checkOfPlanes(fault: OtherFault, { path, report, planes }: OfPlanes): void {
  if (!('expire' in fault || 'lose' in fault || 'corrupt' in fault)) return;
  for (const node of [fault.node].flat()) {
    if (planes.includes(node)) continue;
    const message = `the control plane does not run on "${node}"`;
    const hint =
      planes.length > 0
        ? `it runs on ${planes.join(', ')}`
        : 'it is run elsewhere: give nodes controlPlane: true';
    report('conflicting-keys', [...path, 'node'], { message, hint });
  }
  if (!('expire' in fault)) return;
  const known = managedIn(NEWEST).map(({ name }) => name);
  for (const [index, name] of (fault.names ?? []).entries()) {
    if (known.includes(name)) continue;
    const near = nearMiss(name, known);
    const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`;
    report('matches-nothing', [...path, 'names', index], {
      message: `there is no certificate "${name}"`,
      hint,
    });
  }
}
