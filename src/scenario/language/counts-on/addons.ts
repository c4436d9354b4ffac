import type { Files } from '../../../cluster/clients/files.ts';
import type { Addon } from '../../../cluster/contract/addons.ts';

interface Sign {
  /** A kind of object that nobody writes who has not got the addon. */
  readonly kinds?: readonly string[];
  /** Other words of a manifest. */
  readonly words?: RegExp;
  readonly typed?: RegExp;
  /** The name of what defines the kind: whoever brings that himself installs it, and counts on nobody. */
  readonly definition?: string;
  readonly addons: readonly Addon[];
}

/** What gives away that a cluster is taken to have an addon. */
const SIGNS: readonly Sign[] = [
  {
    kinds: ['HorizontalPodAutoscaler'],
    typed: /\bkubectl\b.*\s(?:top|autoscale)\s/,
    addons: ['metricsServer'],
  },
  {
    kinds: ['VerticalPodAutoscaler'],
    definition: 'verticalpodautoscalers.autoscaling.k8s.io',
    addons: ['metricsServer', 'verticalPodAutoscaler'],
  },
  {
    kinds: ['VolumeSnapshot', 'VolumeSnapshotClass', 'VolumeSnapshotContent'],
    words: /snapshot\.storage\.k8s\.io\//,
    definition: 'volumesnapshots.snapshot.storage.k8s.io',
    addons: ['volumeSnapshots'],
  },
  { kinds: ['Ingress'], typed: /\bkubectl\b.*\screate\s+ing(?:ress)?\s/, addons: ['ingressNginx'] },
  {
    kinds: ['VirtualService', 'DestinationRule'],
    words: /networking\.istio\.io\//,
    definition: 'virtualservices.networking.istio.io',
    addons: ['istio'],
  },
  {
    kinds: ['Application', 'AppProject'],
    words: /argoproj\.io\//,
    definition: 'applications.argoproj.io',
    addons: ['argoCd'],
  },
  {
    kinds: ['Gateway', 'HTTPRoute'],
    words: /gateway\.networking\.k8s\.io\//,
    definition: 'gateways.gateway.networking.k8s.io',
    addons: ['gateway'],
  },
];

/**
 * Addons that manifests and typed lines take for granted. It goes by the text: a manifest that is generated
 * or written by a step counts as soon as its kind stands in one of the scenario's files.
 */
export function addonsCountedOn(files: Files, typed: readonly string[]): ReadonlySet<Addon> {
  const texts = Object.entries(files).flatMap(([path, text]) =>
    /\.(?:ya?ml|json)$/.test(path) ? [text] : [],
  );
  const signs = SIGNS.filter(
    (sign) => (texts.some(inManifest(sign)) && !isBrought(sign, texts)) || typed.some(inLine(sign)),
  );
  return new Set(signs.flatMap(({ addons }) => addons));
}

function inManifest({ kinds = [], words }: Sign): (text: string) => boolean {
  const kind = new RegExp(
    `^[\\s{,-]*"?kind"?:\\s*["']?(?:${kinds.join('|')})["']?\\s*[,}]?\\s*(?:#.*)?$`,
    'm',
  );
  return (text) => kind.test(text) && (words?.test(text) ?? true);
}

function isBrought({ definition }: Sign, texts: readonly string[]): boolean {
  if (definition === undefined) return false;
  return texts.some((text) => text.includes(definition) && /kind:\s*"?CustomResourceDefinition\b/.test(text));
}

function inLine({ typed }: Sign): (line: string) => boolean {
  return (line) => typed?.test(line) === true;
}
