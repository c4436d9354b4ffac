import { type Chance, drawWhole } from '../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';

/** metrics-server: --metric-resolution. */
export const SCRAPE_PERIOD_MS = 15 * SECOND;

/** When the metrics server looks at all nodes, the first time not before `from`. */
export function nextScrape(chance: Chance, from: Millis): Millis {
  const phase = phaseOf(chance);
  return phase + Math.ceil((from - phase) / SCRAPE_PERIOD_MS) * SCRAPE_PERIOD_MS;
}

/** When it looked last, at the latest `at`. */
export function lastScrape(chance: Chance, at: Millis): Millis {
  const phase = phaseOf(chance);
  return phase + Math.floor((at - phase) / SCRAPE_PERIOD_MS) * SCRAPE_PERIOD_MS;
}

function phaseOf(chance: Chance): Millis {
  return drawWhole(chance, 0, SCRAPE_PERIOD_MS - 1, 'metrics-server scrape');
}
