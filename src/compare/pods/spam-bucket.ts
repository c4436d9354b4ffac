/** How many Events about one object come out at once; client-go: `tools/record/events_cache.go`. */
export const SPAM_BURST = 25;

/** Since 1.36's recordings Normal and Warning events have buckets of their own (README 1.36, 3.0.10). */
export function bucketOf(minor: number, { type }: { readonly type: string }): string {
  return minor < 36 ? 'all' : type;
}

/** Whether so many Events have come out of a bucket that the filter may have held others back. */
export function isScarce(written: number): boolean {
  return written >= SPAM_BURST;
}
