import { useEffect, useState } from 'react';
import { auditTime, distinctUntilChanged } from 'rxjs';
import type { Session } from './session.ts';

/** A run that is simulated meanwhile grows many times a second; so often it is drawn again. */
const REDRAW_MS = 100;

/** How many entries there are so far: a change of it draws the screen again. */
export function useGrowth({ growth$ }: Session, onError: (error: Error) => void): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const growing = growth$
      .pipe(auditTime(REDRAW_MS), distinctUntilChanged())
      .subscribe({ next: setCount, error: onError });
    return () => growing.unsubscribe();
  }, [growth$, onError]);
  return count;
}
