import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { ClusterSettings } from '../../contract/settings.ts';
import type { EndpointState, ForwardPlan, TrafficRow } from '../../contract/traffic-rows.ts';

/** When a proxy asks somebody, and until when it waits. */
export interface Meeting {
  readonly at: Millis;
  readonly deadline: Millis;
}

/** What came of it, and what it met there. */
export interface Met {
  readonly at: Millis;
  readonly outcome: string;
  readonly state?: EndpointState;
  readonly does: EndpointState | undefined;
}

interface Asking {
  readonly row: TrafficRow;
  readonly settings: ClusterSettings;
  readonly index: number;
  readonly plan: ForwardPlan;
  /** When the proxy has the request. */
  readonly at: Millis;
  meet(endpoint: string, meeting: Meeting): Met;
}

interface Found {
  /** When the proxy has something to say. */
  readonly at: Millis;
  /** What it met in the end. */
  readonly state?: EndpointState;
  /** Of a page of its own. */
  readonly status?: number;
}

/** The endpoints of a plan, one after another, until one answers (as `web-proxy` does with one request). */
export function askUpstreams({ row, settings, index, plan, at: first, meet }: Asking): Found {
  const whole = plan.choices.reduce((sum, { weight }) => sum + weight, 0);
  let left = drawWhole(settings, 0, Math.max(0, whole - 1), 'traffic choice', row.client, index);
  const choice = plan.choices.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  if (!choice || choice.endpoints.length === 0) return { at: first, status: 503 };
  let at = first;
  let status = 502;
  const asked: string[] = [];
  for (let tries = 0; tries < plan.tries; tries++) {
    const fresh = choice.endpoints.filter((endpoint) => !asked.includes(endpoint));
    const among = fresh.length > 0 ? fresh : choice.endpoints;
    const drawn = drawWhole(settings, 0, among.length - 1, 'traffic upstream', row.client, index, tries);
    const endpoint = among[drawn] ?? '';
    asked.push(endpoint);
    const met = metAt(meet, endpoint, { at, plan });
    if (met.outcome === 'answered' && !plan.retryOn?.includes(met.state?.status ?? 200))
      return { at: met.at, ...(met.state && { state: met.state }) };
    at = met.at;
    status = met.outcome === 'timedOut' ? 504 : met.outcome === 'answered' ? (met.state?.status ?? 502) : 502;
  }
  return { at, status };
}

/** It waits longer for an answer than for somebody to be there. */
function metAt(meet: Asking['meet'], endpoint: string, { at, plan }: { at: Millis; plan: ForwardPlan }): Met {
  const met = meet(endpoint, { at, deadline: at + plan.readMs });
  const isNobody = met.does === undefined || (met.does.does === 'hangs' && met.does.container === undefined);
  return isNobody && met.at > at + plan.connectMs
    ? { ...met, at: at + plan.connectMs, outcome: 'timedOut' }
    : met;
}
