import { sortedKeys } from '../json.ts';
import type { Container } from '../kubernetes.ts';
import {
  BASELINE,
  baselineCapabilities,
  baselineSeccomp,
  hostPathVolumes,
  seccompSet,
} from './baseline-rules.ts';
import { containersOf, counted, distinct, namesOf, plural, quoted, type Rule, setters } from './wording.ts';

const VOLUMES: readonly string[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const privilegeEscalation: Rule = (spec) => {
  const bad = containersOf(spec).filter(
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false,
  );
  if (bad.length === 0) return undefined;
  const detail = `${counted('container', namesOf(bad))} must set securityContext.allowPrivilegeEscalation=false`;
  return { reason: 'allowPrivilegeEscalation != false', detail };
};

const capabilities: Rule = (spec) => {
  const all = containersOf(spec);
  const keeping = all.filter(({ securityContext }) => !securityContext?.capabilities?.drop?.includes('ALL'));
  const added = ({ securityContext }: Container): string[] =>
    (securityContext?.capabilities?.add ?? []).filter((each) => each !== 'NET_BIND_SERVICE');
  const adding = all.filter((container) => added(container).length > 0);
  const what = quoted(distinct(adding.flatMap(added)));
  const details = [
    ...(keeping.length > 0
      ? [`${counted('container', namesOf(keeping))} must set securityContext.capabilities.drop=["ALL"]`]
      : []),
    ...(adding.length > 0
      ? [
          `${counted('container', namesOf(adding))} must not include ${what} in securityContext.capabilities.add`,
        ]
      : []),
  ];
  return details.length === 0
    ? undefined
    : { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const restrictedVolumes: Rule = ({ volumes = [] }) => {
  const typeOf = (volume: object): string =>
    sortedKeys(volume).find((field) => field !== 'name') ?? 'unknown';
  const bad = volumes.filter((volume) => !VOLUMES.includes(typeOf(volume)));
  if (bad.length === 0) return undefined;
  const types = distinct(bad.map(typeOf));
  const uses = bad.length === 1 ? 'uses' : 'use';
  const names = counted(
    'volume',
    bad.map(({ name }) => name),
  );
  const detail = `${names} ${uses} ${plural('restricted volume type', types)} ${quoted(types)}`;
  return { reason: 'restricted volume types', detail };
};

const nonRoot: Rule = (spec) => {
  const reason = 'runAsNonRoot != true';
  const own = spec.securityContext?.runAsNonRoot;
  const all = containersOf(spec);
  const refusing = all.filter(({ securityContext }) => securityContext?.runAsNonRoot === false);
  const silent = all.filter(({ securityContext }) => securityContext?.runAsNonRoot === undefined);
  if (own === false || refusing.length > 0) {
    const detail = `${setters(own === false, refusing)} must not set securityContext.runAsNonRoot=false`;
    return { reason, detail };
  }
  if (own === true || silent.length === 0) return undefined;
  return {
    reason,
    detail: `pod or ${counted('container', namesOf(silent))} must set securityContext.runAsNonRoot=true`,
  };
};

const rootUser: Rule = (spec) => {
  const isPod = spec.securityContext?.runAsUser === 0;
  const bad = containersOf(spec).filter(({ securityContext }) => securityContext?.runAsUser === 0);
  if (!isPod && bad.length === 0) return undefined;
  return { reason: 'runAsUser=0', detail: `${setters(isPod, bad)} must not set runAsUser=0` };
};

const seccomp: Rule = (spec) => {
  const isGood = (type: string | undefined): boolean => type === 'RuntimeDefault' || type === 'Localhost';
  const isSet = seccompSet(spec, (type) => type !== undefined && !isGood(type));
  if (isSet) return isSet;
  const silent = containersOf(spec).filter(
    ({ securityContext }) => securityContext?.seccompProfile?.type === undefined,
  );
  if (isGood(spec.securityContext?.seccompProfile?.type) || silent.length === 0) return undefined;
  const wanted = 'securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
  return {
    reason: 'seccompProfile',
    detail: `pod or ${counted('container', namesOf(silent))} must set ${wanted}`,
  };
};

/** Rules that a stricter one of this level stands for. */
const REPLACED: readonly Rule[] = [baselineCapabilities, baselineSeccomp, hostPathVolumes];

export const RESTRICTED: readonly Rule[] = [
  ...BASELINE.filter((rule) => !REPLACED.includes(rule)),
  privilegeEscalation,
  capabilities,
  restrictedVolumes,
  nonRoot,
  rootUser,
  seccomp,
];
