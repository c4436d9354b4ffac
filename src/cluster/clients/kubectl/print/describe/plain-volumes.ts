import { field, type Lines } from './description.ts';

/**
 * A kind of volume that is described by its fields as they are. Source: kubectl describe.go
 * print…VolumeSource.
 */
interface PlainVolume {
  readonly type: string;
  /** Title, name in the API, and what is shown when it is not set; absent: nothing. */
  readonly fields: readonly (readonly [title: string, name: string, unset?: string | number | boolean])[];
}

const READ_ONLY = ['ReadOnly', 'readOnly', false] as const;

const PLAIN_VOLUMES: Readonly<Record<string, PlainVolume>> = {
  hostPath: {
    type: 'HostPath (bare host directory volume)',
    fields: [
      ['Path', 'path'],
      ['HostPathType', 'type', '<none>'],
    ],
  },
  secret: {
    type: 'Secret (a volume populated by a Secret)',
    fields: [
      ['SecretName', 'secretName'],
      ['Optional', 'optional', false],
    ],
  },
  configMap: {
    type: 'ConfigMap (a volume populated by a ConfigMap)',
    fields: [
      ['Name', 'name'],
      ['Optional', 'optional', false],
    ],
  },
  persistentVolumeClaim: {
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    fields: [['ClaimName', 'claimName'], READ_ONLY],
  },
  nfs: {
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    fields: [['Server', 'server'], ['Path', 'path'], READ_ONLY],
  },
  local: {
    type: 'LocalVolume (a persistent volume backed by local storage on a node)',
    fields: [['Path', 'path']],
  },
  gitRepo: {
    type: 'GitRepo (a volume that is pulled from git when the pod is created)',
    fields: [
      ['Repository', 'repository'],
      ['Revision', 'revision'],
    ],
  },
  gcePersistentDisk: {
    type: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    fields: [['PDName', 'pdName'], ['FSType', 'fsType'], ['Partition', 'partition', 0], READ_ONLY],
  },
  awsElasticBlockStore: {
    type: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    fields: [['VolumeID', 'volumeID'], ['FSType', 'fsType'], ['Partition', 'partition', 0], READ_ONLY],
  },
  azureDisk: {
    type: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    fields: [
      ['DiskName', 'diskName'],
      ['DiskURI', 'diskURI'],
      ['Kind', 'kind'],
      ['FSType', 'fsType'],
      ['CachingMode', 'cachingMode'],
      READ_ONLY,
    ],
  },
  vsphereVolume: {
    type: 'vSphereVolume (a Persistent Disk resource in vSphere)',
    fields: [
      ['VolumePath', 'volumePath'],
      ['FSType', 'fsType'],
      ['StoragePolicyName', 'storagePolicyName'],
    ],
  },
  glusterfs: {
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    fields: [['EndpointsName', 'endpoints'], ['Path', 'path'], READ_ONLY],
  },
};

/** Undefined for a kind that is not in the table. */
export function plainVolumeLines(volume: object): Lines | undefined {
  const sources = volume as Readonly<
    Record<string, Readonly<Record<string, string | number | boolean>> | undefined>
  >;
  const kind = Object.keys(PLAIN_VOLUMES).find((name) => sources[name] !== undefined);
  const plain = kind === undefined ? undefined : PLAIN_VOLUMES[kind];
  if (kind === undefined || plain === undefined) return undefined;
  const source = sources[kind] ?? {};
  return [
    field('Type', plain.type),
    ...plain.fields.map(([title, name, unset = '']) => field(title, source[name] ?? unset)),
  ];
}
