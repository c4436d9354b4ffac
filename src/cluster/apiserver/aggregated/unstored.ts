import type { GetRequest, ListRequest } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../call.ts';
import { answerComponents, isOfComponents } from './component-statuses.ts';
import { answerMetrics, isOfMetrics } from './metrics-api.ts';

/** What is read through the API server, and kept nowhere; undefined where it is kept. */
export function answerUnstored(
  world: World,
  call: Call,
  request: GetRequest | ListRequest,
): Granted | Refused | undefined {
  if (isOfMetrics(call)) return answerMetrics(world, call, request);
  return isOfComponents(call) ? answerComponents(world, call, request) : undefined;
}
