import { useEffect, useState } from 'react';
import { audit, distinctUntilChanged, map, merge, timer } from 'rxjs';
import type { Session } from './session.ts';

/** A run that is simulated meanwhile grows many times a second; so often it is drawn again. */
const REDRAW_MS = 100;
/** A long log that is read shows how far that is, and what is drawn takes time from it. */
const READING_MS = 300;

/** How far the log and its branches have come: a change of it draws the screen again. */
export function useGrowth({ growth$, tending, part }: Session, onError: (error: Error) => void): string {
  const [grown, setGrown] = useState('');
  useEffect(() => {
    const branches$ = tending.growth$.pipe(map((count) => `branches ${count}`));
    const growing = merge(growth$.pipe(map((count) => `log ${count}`)), branches$)
      .pipe(
        audit(() => timer(part && part() < 1 ? READING_MS : REDRAW_MS)),
        distinctUntilChanged(),
      )
      .subscribe({ next: setGrown, error: onError });
    return () => growing.unsubscribe();
  }, [growth$, tending, part, onError]);
  return grown;
}
