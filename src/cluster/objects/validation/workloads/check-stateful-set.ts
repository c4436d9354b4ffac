import { isEqualJson } from '../../json.ts';
import type { PodTemplateSpec, StatefulSet, StatefulSetSpec } from '../../kubernetes.ts';
import { inVersion, type KubeVersion, type Since } from '../../versions.ts';
import { checkNamedIfGiven, checkNotNegative, checkOneOfIfGiven } from '../check-values.ts';
import { type FieldErrors, forbidden, invalid, required } from '../field-error.ts';
import { dnsLabelProblems } from '../name-syntax.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from '../object-meta.ts';
import { checkLastingTemplate, checkSelector } from './check-pod-template.ts';
import { checkAtMostAll, checkShare, shareNumber } from './check-share.ts';

/** apis/apps/validation: ValidateStatefulSet. */
export function checkNewStatefulSet(set: StatefulSet): FieldErrors {
  return [
    ...checkObjectMeta(set.metadata, { isNamespaced: true, nameProblems: dnsLabelProblems }),
    ...checkSpec(set.spec),
  ];
}

/** The fields that may be changed, and what the API server says of all others. */
const CHANGEABLE: Since<{ readonly fields: readonly (keyof StatefulSetSpec)[]; readonly words: string }> = [
  [
    0,
    {
      fields: ['replicas', 'template', 'updateStrategy'],
      words: "'replicas', 'template', and 'updateStrategy'",
    },
  ],
  [
    22,
    {
      fields: ['replicas', 'template', 'updateStrategy', 'minReadySeconds'],
      words: "'replicas', 'template', 'updateStrategy' and 'minReadySeconds'",
    },
  ],
  [
    23,
    {
      fields: [
        'replicas',
        'template',
        'updateStrategy',
        'persistentVolumeClaimRetentionPolicy',
        'minReadySeconds',
      ],
      words:
        "'replicas', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'",
    },
  ],
  [
    26,
    {
      fields: [
        'replicas',
        'ordinals',
        'template',
        'updateStrategy',
        'persistentVolumeClaimRetentionPolicy',
        'minReadySeconds',
      ],
      words:
        "'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'",
    },
  ],
  [
    33,
    {
      fields: [
        'replicas',
        'ordinals',
        'template',
        'updateStrategy',
        'revisionHistoryLimit',
        'persistentVolumeClaimRetentionPolicy',
        'minReadySeconds',
      ],
      words:
        "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'",
    },
  ],
];

/** ValidateStatefulSetUpdate: all that gives a pod its identity stays. */
export function checkStatefulSetUpdate(
  set: StatefulSet,
  old: StatefulSet,
  version: KubeVersion,
): FieldErrors {
  const { fields, words } = inVersion(CHANGEABLE, version);
  const kept = (spec: StatefulSetSpec) =>
    Object.fromEntries(Object.entries(spec).filter(([field]) => !fields.includes(field as never)));
  const detail = `updates to statefulset spec for fields other than ${words} are forbidden`;
  return [
    ...checkObjectMetaUpdate(set.metadata, old.metadata),
    ...checkSpec(set.spec, old.spec),
    ...(isEqualJson(kept(set.spec), kept(old.spec)) ? [] : [forbidden('spec', detail)]),
  ];
}

function checkSpec(spec: StatefulSetSpec, old?: StatefulSetSpec): FieldErrors {
  const { whenDeleted, whenScaled } = spec.persistentVolumeClaimRetentionPolicy ?? {};
  const retention = 'spec.persistentVolumeClaimRetentionPolicy';
  return [
    ...checkPolicy(spec.podManagementPolicy),
    ...checkStrategy(spec),
    ...checkOneOfIfGiven(`${retention}.whenDeleted`, whenDeleted, ['Retain', 'Delete']),
    ...checkOneOfIfGiven(`${retention}.whenScaled`, whenScaled, ['Retain', 'Delete']),
    ...checkNotNegative('spec.replicas', spec.replicas),
    ...checkNotNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...checkNotNegative('spec.ordinals.start', spec.ordinals?.start),
    ...(old ? [] : checkNamedIfGiven('spec.serviceName', spec.serviceName, dnsLabelProblems)),
    ...checkSelector(spec.selector, 'statefulset'),
    ...checkLastingTemplate(
      { selector: spec.selector, template: asMade(spec) },
      'StatefulSet',
      old && asMade(old),
    ),
  ];
}

function checkPolicy(policy: string | undefined): FieldErrors {
  const field = 'spec.podManagementPolicy';
  if (!policy) return [required(field)];
  const isKnown = policy === 'OrderedReady' || policy === 'Parallel';
  return isKnown ? [] : [invalid(field, policy, "must be 'OrderedReady' or 'Parallel'")];
}

function checkStrategy({ updateStrategy = {} }: StatefulSetSpec): FieldErrors {
  const field = 'spec.updateStrategy';
  const { type, rollingUpdate } = updateStrategy;
  if (!type) return [required(field)];
  if (type === 'OnDelete') {
    const detail = "only allowed for updateStrategy 'RollingUpdate'";
    return rollingUpdate ? [invalid(`${field}.rollingUpdate`, rollingUpdate, detail)] : [];
  }
  if (type !== 'RollingUpdate') {
    const strategy = { Type: type, RollingUpdate: rollingUpdate ?? null };
    return [invalid(field, strategy, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  const { partition, maxUnavailable } = rollingUpdate ?? {};
  const place = `${field}.rollingUpdate.maxUnavailable`;
  return [
    ...checkNotNegative(`${field}.rollingUpdate.partition`, partition),
    ...(maxUnavailable === undefined
      ? []
      : [
          ...checkShare(place, maxUnavailable),
          ...(shareNumber(maxUnavailable) === 0 ? [invalid(place, maxUnavailable, 'cannot be 0')] : []),
          ...checkAtMostAll(place, maxUnavailable),
        ]),
  ];
}

/** The template with the volumes that claims become, and without what a pod's identity decides. */
function asMade({ template, volumeClaimTemplates = [] }: StatefulSetSpec): PodTemplateSpec {
  if (template.spec === undefined) return template;
  const { subdomain: _, hostname: __, ...spec } = template.spec;
  const claims = volumeClaimTemplates.map(({ metadata: { name = '' } }) => ({
    name,
    persistentVolumeClaim: { claimName: name },
  }));
  const others = (spec.volumes ?? []).filter(({ name }) => !claims.some((claim) => claim.name === name));
  const volumes = [...claims, ...others];
  return { ...template, spec: { ...spec, ...(volumes.length > 0 && { volumes }) } };
}
