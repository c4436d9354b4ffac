import { useRef } from 'react';

/** What was made, for as long as all that it was made from is the same. */
export type Keep<Made> = (name: string, from: readonly unknown[], make: () => Made) => Made;

/** Keeps what is made under names that come and go, as panes do. */
export function useKept<Made>(): Keep<Made> {
  const kept = useRef(new Map<string, { readonly from: readonly unknown[]; readonly made: Made }>()).current;
  return (name, from, make) => {
    const last = kept.get(name);
    const isSame =
      last?.from.length === from.length && last.from.every((each, index) => each === from[index]);
    if (last && isSame) return last.made;
    const made = make();
    kept.set(name, { from, made });
    return made;
  };
}
