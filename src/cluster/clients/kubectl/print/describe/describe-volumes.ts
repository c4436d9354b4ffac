import { sortedKeys } from '../../../../objects/json.ts';
import type {
  CSIPersistentVolumeSource,
  CSIVolumeSource,
  DownwardAPIVolumeSource,
  EphemeralVolumeSource,
  ProjectedVolumeSource,
  Volume,
  VolumeProjection,
} from '../../../../objects/kubernetes.ts';
import { wholeValue } from '../../../../objects/quantity.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { claimLines } from './describe-claim.ts';
import { field, indented, type Lines, labelLines, nestedLine } from './description.ts';
import { plainVolumeLines } from './plain-volumes.ts';

/** Mirrors kubectl: describe.go describeVolumes. */
export function describeVolumes(volumes: readonly Volume[], indent: string, context: PrintContext): string[] {
  if (volumes.length === 0) return [`${indent}Volumes:\t<none>`];
  const nameIndent = indent === '' ? '' : ' ';
  return [
    `${indent}Volumes:`,
    ...volumes.flatMap((volume) => [`  ${nameIndent}${volume.name}:`, ...volumeLines(volume, context)]),
  ];
}

/** A pod's volume, or a PersistentVolume's spec. */
type AnyVolume = Pick<Volume, 'emptyDir' | 'projected' | 'downwardAPI' | 'ephemeral' | 'image'> & {
  readonly csi?: CSIVolumeSource | CSIPersistentVolumeSource;
};

/** The lines that say what a volume is, already indented. */
export function volumeLines(volume: AnyVolume, context: PrintContext): Lines {
  const lines = typedVolumeLines(volume, context) ?? plainVolumeLines(volume);
  return lines === undefined ? ['  <unknown>'] : indented(2, lines);
}

function typedVolumeLines(volume: AnyVolume, context: PrintContext): Lines | undefined {
  if (volume.emptyDir) {
    const { medium, sizeLimit } = volume.emptyDir;
    const limit = sizeLimit !== undefined && wholeValue(sizeLimit) > 0 ? sizeLimit : '<unset>';
    return [
      field('Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"),
      field('Medium', medium),
      field('SizeLimit', limit),
    ];
  }
  if (volume.projected) return projectedLines(volume.projected, context);
  if (volume.downwardAPI) return downwardLines(volume.downwardAPI);
  if (volume.ephemeral) return ephemeralLines(volume.ephemeral, context);
  if (volume.csi) return csiLines(volume.csi);
  if (volume.image && printsSince(context.version, 'imageVolumes')) {
    return [
      field('Type', 'Image (a container image or OCI artifact)'),
      field('Reference', volume.image.reference),
      field('PullPolicy', volume.image.pullPolicy),
    ];
  }
  return undefined;
}

function projectedLines({ sources = [] }: ProjectedVolumeSource, context: PrintContext): Lines {
  return [
    field('Type', 'Projected (a volume that contains injected data from multiple sources)'),
    ...sources.flatMap((source) => projectionLines(source, context)),
  ];
}

function projectionLines(source: VolumeProjection, { version }: PrintContext): Lines {
  const isPlain = printsSince(version, 'plainOptional');
  const optional = (title: string, value: boolean | undefined) =>
    // Before, the pointer to the boolean was printed: an address, or <nil>; an address is not to be had here.
    isPlain ? field('Optional', value ?? false) : field(title, value === undefined ? '<nil>' : value);
  if (source.secret) {
    return [field('SecretName', source.secret.name), optional('SecretOptionalName', source.secret.optional)];
  }
  if (source.downwardAPI) return [field('DownwardAPI', true)];
  if (source.configMap) {
    return [
      field('ConfigMapName', source.configMap.name),
      optional('ConfigMapOptional', source.configMap.optional),
    ];
  }
  if (!source.serviceAccountToken) return [];
  return [field('TokenExpirationSeconds', source.serviceAccountToken.expirationSeconds)];
}

function downwardLines({ items = [] }: DownwardAPIVolumeSource): Lines {
  const mappings = items.flatMap(({ fieldRef, resourceFieldRef, path }) => [
    ...(fieldRef ? [`${fieldRef.fieldPath} -> ${path}`] : []),
    ...(resourceFieldRef ? [`${resourceFieldRef.resource} -> ${path}`] : []),
  ]);
  return [
    field('Type', 'DownwardAPI (a volume populated by information about the pod)'),
    'Items:',
    ...indented(1, mappings),
  ];
}

function ephemeralLines({ volumeClaimTemplate }: EphemeralVolumeSource, context: PrintContext): Lines {
  const type = field(
    'Type',
    'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
  );
  if (!volumeClaimTemplate) return [type];
  const { metadata = {}, spec } = volumeClaimTemplate;
  return [type, ...claimLines({ metadata, spec }, context, 'nested')];
}

function csiLines(csi: CSIVolumeSource | CSIPersistentVolumeSource): Lines {
  return [
    field('Type', 'CSI (a Container Storage Interface (CSI) volume source)'),
    field('Driver', csi.driver),
    field('FSType', csi.fsType),
    ...('volumeHandle' in csi ? [field('VolumeHandle', csi.volumeHandle)] : []),
    field('ReadOnly', csi.readOnly ?? false),
    ...attributeLines(csi.volumeAttributes),
  ];
}

/** kubectl indents each attribute once more behind its tab. */
function attributeLines(attributes: Readonly<Record<string, string>> = {}): Lines {
  if (sortedKeys(attributes).length === 0) return ['VolumeAttributes:\t<none>'];
  return labelLines('VolumeAttributes', attributes).map(nestedLine);
}
