import type {
  DownwardAPIVolumeFile,
  KeyToPath,
  ProjectedVolumeSource,
  Volume,
  VolumeProjection,
} from '../../kubernetes.ts';
import { parseQuantity } from '../../quantity.ts';
import {
  checkFileMode,
  checkNamed,
  checkNoBacksteps,
  checkOneOfIfGiven,
  checkVolumePath,
  sortedList,
} from '../check-values.ts';
import { duplicate, type FieldErrors, forbidden, invalid, required } from '../field-error.ts';
import { dnsLabelProblems, dnsSubdomainProblems } from '../name-syntax.ts';
import { checkFieldRef, checkResourceFieldRef } from './check-env.ts';

/** Fields of a pod that a file may show. */
const FILE_FIELDS = sortedList(
  ...['metadata.name', 'metadata.namespace', 'metadata.labels', 'metadata.annotations', 'metadata.uid'],
);

const HOST_PATH_TYPES = sortedList(
  ...['', 'DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice'],
);

export interface CheckedVolumes {
  readonly errors: FieldErrors;
  /** The volumes that mounts may refer to: those without errors. */
  readonly usable: readonly Volume[];
}

/** A pod's volumes; of a template `podName` is unknown. */
export function checkVolumes(
  field: string,
  volumes: readonly Volume[],
  podName: string | undefined,
): CheckedVolumes {
  const errors: FieldErrors[] = [];
  const usable: Volume[] = [];
  const created = volumes.filter(({ ephemeral }) => ephemeral).map(({ name }) => `${podName}-${name}`);
  for (const [index, volume] of volumes.entries()) {
    const place = `${field}[${index}]`;
    const isRepeated = usable.some(({ name }) => name === volume.name);
    const found = [
      ...checkSource(place, volume, podName),
      ...checkNamed(`${place}.name`, volume.name, dnsLabelProblems),
      ...(isRepeated ? [duplicate(`${place}.name`, volume.name)] : []),
    ];
    if (found.length === 0) usable.push(volume);
    const claim = volume.persistentVolumeClaim?.claimName;
    const isOwn = podName !== undefined && claim !== undefined && created.includes(claim);
    const detail = 'must not reference a PVC that gets created for an ephemeral volume';
    errors.push(found, isOwn ? [invalid(`${place}.persistentVolumeClaim.claimName`, claim, detail)] : []);
  }
  return { errors: errors.flat(), usable };
}

/** The kinds of sources in the order in which they are looked at; the first one given counts. */
const SOURCES: readonly (keyof Volume)[] = [
  ...([
    'emptyDir',
    'hostPath',
    'gitRepo',
    'gcePersistentDisk',
    'awsElasticBlockStore',
    'secret',
    'nfs',
  ] as const),
  ...([
    'iscsi',
    'glusterfs',
    'flocker',
    'persistentVolumeClaim',
    'rbd',
    'cinder',
    'cephfs',
    'quobyte',
  ] as const),
  ...(['downwardAPI', 'fc', 'flexVolume', 'configMap', 'azureFile', 'vsphereVolume'] as const),
  ...(['photonPersistentDisk', 'portworxVolume', 'azureDisk', 'storageos', 'projected', 'scaleIO'] as const),
  ...(['csi', 'ephemeral', 'image'] as const),
];

function checkSource(field: string, volume: Volume, podName: string | undefined): FieldErrors {
  const [first, ...more] = SOURCES.filter((source) => volume[source] !== undefined);
  if (first === undefined) return [required(field, 'must specify a volume type')];
  return [
    ...checkFirstSource(field, first, volume, podName),
    ...more.map((source) => forbidden(`${field}.${source}`, 'may not specify more than 1 volume type')),
  ];
}

function checkFirstSource(
  field: string,
  source: keyof Volume,
  volume: Volume,
  podName: string | undefined,
): FieldErrors {
  const place = `${field}.${source}`;
  const { emptyDir, hostPath, secret, configMap, downwardAPI, projected, persistentVolumeClaim, nfs } =
    volume;
  if (emptyDir) return checkSizeLimit(`${place}.sizeLimit`, emptyDir.sizeLimit);
  if (hostPath) {
    if (!hostPath.path) return [required(`${place}.path`)];
    const typeErrors = checkOneOfIfGiven(`${place}.type`, hostPath.type, HOST_PATH_TYPES);
    return [...checkNoBacksteps(`${place}.path`, hostPath.path), ...typeErrors];
  }
  if (secret) return checkFiles(place, secret, secret.secretName ? [] : [required(`${place}.secretName`)]);
  if (configMap) return checkFiles(place, configMap, configMap.name ? [] : [required(`${place}.name`)]);
  if (downwardAPI) {
    const files = (downwardAPI.items ?? []).flatMap((file) => checkDownwardFile(place, file));
    return [...checkFileMode(`${place}.defaultMode`, downwardAPI.defaultMode), ...files];
  }
  if (projected) return checkProjected(place, projected);
  if (persistentVolumeClaim) return persistentVolumeClaim.claimName ? [] : [required(`${place}.claimName`)];
  if (nfs) return [...(nfs.server ? [] : [required(`${place}.server`)]), ...checkNfsPath(place, nfs.path)];
  if (volume.ephemeral) return checkEphemeral(field, volume, podName);
  if (volume.image && !volume.image.reference) return [required(`${place}.reference`)];
  if (volume.csi && !volume.csi.driver) return [required(`${place}.driver`)];
  return [];
}

function checkSizeLimit(field: string, limit: string | undefined): FieldErrors {
  const isNegative = (parseQuantity(limit ?? '0')?.nano ?? 0n) < 0n;
  return isNegative ? [forbidden(field, 'SizeLimit field must be a valid resource quantity')] : [];
}

function checkNfsPath(field: string, path: string): FieldErrors {
  return [
    ...(path ? [] : [required(`${field}.path`)]),
    ...(path.startsWith('/') ? [] : [invalid(`${field}.path`, path, 'must be an absolute path')]),
  ];
}

/** The claim that is made for the volume bears the pod's name and the volume's. */
function checkEphemeral(
  field: string,
  { name, ephemeral }: Volume,
  podName: string | undefined,
): FieldErrors {
  if (ephemeral?.volumeClaimTemplate === undefined)
    return [required(`${field}.ephemeral.volumeClaimTemplate`)];
  if (!podName || !name) return [];
  const claim = `${podName}-${name}`;
  return dnsSubdomainProblems(claim).map((problem) =>
    invalid(`${field}.name`, name, `PVC name "${claim}": ${problem}`),
  );
}

function checkFiles(
  field: string,
  { defaultMode, items = [] }: { readonly defaultMode?: number; readonly items?: readonly KeyToPath[] },
  nameErrors: FieldErrors,
): FieldErrors {
  return [
    ...nameErrors,
    ...checkFileMode(`${field}.defaultMode`, defaultMode),
    ...items.flatMap((item, index) => checkKeyToPath(`${field}.items[${index}]`, item)),
  ];
}

function checkKeyToPath(field: string, { key, path, mode }: KeyToPath): FieldErrors {
  return [
    ...(key ? [] : [required(`${field}.key`)]),
    ...(path ? [] : [required(`${field}.path`)]),
    ...checkVolumePath(`${field}.path`, path ?? ''),
    ...checkFileMode(`${field}.mode`, mode),
  ];
}

function checkDownwardFile(field: string, file: DownwardAPIVolumeFile): FieldErrors {
  const { path, fieldRef, resourceFieldRef, mode } = file;
  const both = 'fieldRef and resourceFieldRef can not be specified simultaneously';
  const reference = fieldRef
    ? [
        ...checkFieldRef(`${field}.fieldRef`, fieldRef, FILE_FIELDS),
        ...(resourceFieldRef ? [invalid(field, 'resource', both)] : []),
      ]
    : resourceFieldRef
      ? checkResourceFieldRef(`${field}.resourceFieldRef`, resourceFieldRef, true)
      : [required(field, 'one of fieldRef and resourceFieldRef is required')];
  return [
    ...(path ? [] : [required(`${field}.path`)]),
    ...checkVolumePath(`${field}.path`, path ?? ''),
    ...reference,
    ...checkFileMode(`${field}.mode`, mode),
  ];
}

function checkProjected(field: string, { defaultMode, sources }: ProjectedVolumeSource): FieldErrors {
  const taken = new Set<string>();
  return [
    ...checkFileMode(`${field}.defaultMode`, defaultMode),
    ...(sources ?? []).flatMap((source, index) =>
      checkProjection(`${field}.sources[${index}]`, field, source, taken),
    ),
  ];
}

/** `taken` gathers the paths of all sources, which must not meet. */
function checkProjection(
  field: string,
  volumeField: string,
  source: VolumeProjection,
  taken: Set<string>,
): FieldErrors {
  const { secret, configMap, downwardAPI, serviceAccountToken } = source;
  const conflict = (path: string, shown: string): FieldErrors => {
    if (!path) return [];
    if (taken.has(path)) return [invalid(volumeField, shown, 'conflicting duplicate paths')];
    taken.add(path);
    return [];
  };
  const fromKeys = ([kind, keys]: readonly ['secret' | 'configMap', typeof secret]): FieldErrors => [
    ...(keys && !keys.name ? [required(`${field}.${kind}.name`)] : []),
    ...(keys?.items ?? []).flatMap((item, index) => [
      ...checkKeyToPath(`${field}.${kind}.items[${index}]`, item),
      ...conflict(item.path, keys?.name ?? ''),
    ]),
  ];
  const count = Object.values(source).filter((value) => value !== undefined).length;
  return [
    ...fromKeys(['secret', secret]),
    ...fromKeys(['configMap', configMap]),
    ...(downwardAPI?.items ?? []).flatMap((file) => [
      ...checkDownwardFile(`${field}.downwardAPI`, file),
      ...conflict(file.path, file.path),
    ]),
    ...(serviceAccountToken
      ? checkToken(`${field}.serviceAccountToken`, volumeField, serviceAccountToken)
      : []),
    ...(count > 1 ? [forbidden(field, 'may not specify more than 1 volume type per source')] : []),
  ];
}

function checkToken(
  field: string,
  volumeField: string,
  { expirationSeconds = 0, path }: { readonly expirationSeconds?: number; readonly path: string },
): FieldErrors {
  const place = `${field}.expirationSeconds`;
  const tooShort = 'may not specify a duration less than 10 minutes';
  const tooLong = 'may not specify a duration larger than 2^32 seconds';
  return [
    ...(expirationSeconds < 600 ? [invalid(place, expirationSeconds, tooShort)] : []),
    ...(expirationSeconds > 2 ** 32 ? [invalid(place, expirationSeconds, tooLong)] : []),
    ...(path ? checkVolumePath(`${volumeField}.path`, path) : [required(`${volumeField}.path`)]),
  ];
}
