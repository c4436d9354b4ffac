/**
 * What is another thing in every play, or an artifact of how a recording was made: nobody is judged by it.
 */
interface Mask {
  readonly path: RegExp;
  /** `set`: that it is there matters, not what it is. `dropped`: not even that. */
  readonly as: 'set' | 'dropped';
  readonly why: string;
}

export const MASKS: readonly Mask[] = [
  {
    path: /^metadata\.(uid|resourceVersion|creationTimestamp|managedFields.*)$/,
    as: 'dropped',
    why: 'of each play',
  },
  {
    path: /^metadata\.annotations(\.kubectl\.kubernetes\.io\/last-applied-configuration)?$/,
    as: 'dropped',
    why: "the recorder left kubectl's annotation out, and an empty map where it was",
  },
  {
    path: /^metadata\.finalizers\b.*$/,
    as: 'dropped',
    why: 'a controller takes it off while the kubelet writes: judged by itself',
  },
  { path: /^metadata\.ownerReferences\.[^.]+\.uid$/, as: 'set', why: 'of each play' },
  {
    path: /^metadata\.labels\.(pod-template-hash|batch.*controller-uid|controller-uid)$/,
    as: 'set',
    why: 'of each play',
  },
  {
    path: /^metadata\.annotations\.kubectl\.kubernetes\.io\/restartedAt$/,
    as: 'set',
    why: 'a time: when the command was typed is judged instead',
  },
  { path: /^metadata\.deletionTimestamp$/, as: 'set', why: 'a time: when the state came is judged instead' },
  {
    path: /\.(startTime|startedAt|finishedAt|lastTransitionTime)$/,
    as: 'set',
    why: 'a time: when the state came is judged instead, and the stamps by stamps.ts',
  },
  { path: /^status\.(hostIP|podIP|hostIPs\.\d+\.ip|podIPs\.\d+\.ip)$/, as: 'set', why: 'of each machine' },
  { path: /\.containerID$/, as: 'set', why: 'of each play' },
  {
    path: /ontainerStatuses\.[^.]+\.(image|imageID)$/,
    as: 'set',
    why: 'the recorded images are tags of one busybox (README, images), and the runtime tells another tag of it',
  },
  {
    path: /^status\.((init)?[cC]ontainerStatuses\.[^.]+\.)?(resources|allocatedResources)\b.*$/,
    as: 'dropped',
    why: 'cgroup v1: limits.memory=9007199254740988Ki appears and disappears (README 1.36, artifacts)',
  },
];

/** A leaf as it is judged; undefined when it is not. */
export function maskLeaf(path: string, value: string): string | undefined {
  const mask = MASKS.find((each) => each.path.test(path));
  if (!mask) return value;
  if (mask.as === 'dropped') return undefined;
  // What was never started has a stamp nevertheless: Go's or the runtime's zero.
  return value === '' || value === 'null' || value.startsWith('1970-') ? value : '<set>';
}

/** Texts that bear what is another in every play. */
const IN_TEXTS: readonly (readonly [RegExp, string])[] = [
  // Which of the two it is follows from how a failing pull stands, and that is drawn.
  [/(trying and failing to pull image|image can't be pulled)$/g, '<pulling fails>'],
  [/(pulled image \S+) in [\d.hm]+s(?: \([^)]*\))?/g, '$1 in <time>'],
  // The folders that kubectl diff makes, and when.
  [/\b(LIVE|MERGED)-\d+/g, '$1-<x>'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ \+0000/g, '<time>'],
  // Which pod has which address follows from whose sandbox was first.
  [/(probe failed: Get "https?:\/\/)[\d.]+/g, '$1<address>'],
  [/dial tcp \d[\d.]+/g, 'dial tcp <address>'],
  [/read udp [\d.]+:\d+->/g, 'read udp <address>->'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uid>'],
  [/\b[0-9a-f]{64}\b/g, '<id>'],
  [/\b(kube-api-access|default-token)-[a-z0-9]{5}\b/g, '$1-<x>'],
];

export function maskText(text: string): string {
  return IN_TEXTS.reduce((masked, [pattern, word]) => masked.replace(pattern, word), text);
}
