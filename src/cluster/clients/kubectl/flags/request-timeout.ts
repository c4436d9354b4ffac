import { parseGoDuration } from '../../../../kernel/time/go-duration.ts';
import { type Millis, SECOND } from '../../../../kernel/time/millis.ts';
import type { FlagValues } from '../../flags/flag-values.ts';
import { fail } from '../failure.ts';

/**
 * A bare number means seconds, 0 that requests take as long as they take (client-go: clientcmd ParseTimeout).
 */
export function requestTimeout(flags: FlagValues): Millis {
  const typed = flags.text('request-timeout');
  if (/^\+?\d+$/.test(typed)) return Number(typed) * SECOND;
  return (
    parseGoDuration(typed) ??
    fail(
      'Invalid timeout value. Timeout must be a single integer in seconds, ' +
        'or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    )
  );
}
