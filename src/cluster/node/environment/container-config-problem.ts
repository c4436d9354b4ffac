import type { Doing } from '../../contract/doing.ts';
import type { Container } from '../../objects/kubernetes.ts';
import { type PodContext, tell } from '../pod-worker/pod-context.ts';
import { resolveEnvironment } from './container-environment.ts';
import { userProblem } from './container-user.ts';

/** Why a container cannot be created as its pod wants it; undefined if it can. */
export function* containerConfigProblem(
  context: PodContext,
  container: Container,
): Doing<string | undefined> {
  const resolved = yield* resolveEnvironment(context, container);
  if ('problem' in resolved) return resolved.problem;
  for (const message of resolved.skipped ?? [])
    yield* tell(context, { type: 'Warning', reason: 'InvalidEnvironmentVariableNames', message });
  return userProblem(context, container);
}
