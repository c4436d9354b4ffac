import { serverHealth } from '../world/server-health.ts';
import type { QueryValues } from './query-values.ts';
import { textAnswer, type WireAnswer } from './wire-answer.ts';
import type { WireServer } from './wire-server.ts';

/** `/healthz`, `/livez`, `/readyz`, and each of their checks. */
export function answerHealth(
  { view, settings }: WireServer,
  [kind = '', ...rest]: readonly string[],
  query: QueryValues,
): WireAnswer | undefined {
  const asked = {
    kind,
    check: rest.join('/'),
    excluded: query.all('exclude'),
    isVerbose: query.has('verbose'),
  };
  const told = serverHealth({ rows: view.rows, settings }, asked);
  return told && textAnswer(told.code, told.text);
}
