/** Pods of recordings that nobody is judged by, and why. */
const EXCUSED: readonly (readonly [recording: string, pod: string, why: string])[] = [
  [
    'v1.20/b5-termination',
    'ignoreterm',
    'deleted before the loaded kubelet had told of its start, and its container gone before it had told of its end',
  ],
];

export function isExcused(recording: string, pod: string): boolean {
  return EXCUSED.some(([name, one]) => name === recording && one === pod);
}
