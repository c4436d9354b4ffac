import type { PodSpec } from '../kubernetes.ts';
import { type FieldErrors, invalid } from '../validation/field-error.ts';
import { BASELINE } from './baseline-rules.ts';
import { RESTRICTED } from './restricted-rules.ts';
import type { Rule, Violation } from './wording.ts';

/** How strict a namespace is with pods, and by the rules of which version. */
export interface LevelVersion {
  readonly level: Level;
  /** `latest`, `v1.24`. */
  readonly version: string;
}

type Level = 'privileged' | 'baseline' | 'restricted';

export interface PodSecurityPolicy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
}

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];
const RULES: Readonly<Record<Level, readonly Rule[]>> = {
  privileged: [],
  baseline: BASELINE,
  restricted: RESTRICTED,
};

/** What a namespace's labels say (pod-security-admission/api: PolicyToEvaluate). */
export function podSecurityPolicy(labels: Readonly<Record<string, string>> = {}): PodSecurityPolicy {
  const enforce = partOf(labels, 'enforce', 'restricted');
  const warn = partOf(labels, 'warn', 'privileged');
  const isSaid = labels[`${PREFIX}warn`] !== undefined;
  const isStricter = isLevel(labels[`${PREFIX}enforce`]) && strictness(enforce) > strictness(warn);
  const version = labels[`${PREFIX}warn-version`] === undefined ? enforce.version : warn.version;
  return {
    enforce,
    audit: partOf(labels, 'audit', 'privileged'),
    warn: !isSaid && isStricter ? { level: enforce.level, version } : warn,
  };
}

function partOf(labels: Readonly<Record<string, string>>, mode: string, mistaken: Level): LevelVersion {
  const level = labels[`${PREFIX}${mode}`];
  const version = labels[`${PREFIX}${mode}-version`] ?? 'latest';
  const known = isLevel(level) ? level : mistaken;
  return {
    level: level === undefined ? 'privileged' : known,
    version: isVersion(version) ? version : 'latest',
  };
}

function isLevel(text: string | undefined): text is Level {
  return LEVELS.some((level) => level === text);
}

function isVersion(text: string): boolean {
  return /^(?:latest|v1\.(?:0|[1-9]\d*))$/.test(text);
}

export function strictness({ level }: LevelVersion): number {
  return LEVELS.indexOf(level);
}

/** Labels of a namespace that mean nothing. */
export function checkPolicyLabels(labels: Readonly<Record<string, string>> = {}): FieldErrors {
  return ['enforce', 'audit', 'warn'].flatMap((mode) => {
    const [level, version] = [labels[`${PREFIX}${mode}`], labels[`${PREFIX}${mode}-version`]];
    const field = (suffix: string): string => `metadata.labels[${PREFIX}${mode}${suffix}]`;
    return [
      ...(level === undefined || isLevel(level)
        ? []
        : [invalid(field(''), level, `must be one of ${LEVELS.join(', ')}`)]),
      ...(version === undefined || isVersion(version)
        ? []
        : [invalid(field('-version'), version, 'must be "latest" or "v1.x"')]),
    ];
  });
}

/** What a pod breaks of a level. */
export function violationsOf(
  { level }: LevelVersion,
  spec: PodSpec,
  annotations: Readonly<Record<string, string>> = {},
): readonly Violation[] {
  return RULES[level].flatMap((rule) => rule(spec, annotations) ?? []);
}

/** `"restricted:latest": privileged (container "a" must …), …` */
export function describeViolations({ level, version }: LevelVersion, found: readonly Violation[]): string {
  const told = found.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`));
  return `"${level}:${version}": ${told.join(', ')}`;
}
