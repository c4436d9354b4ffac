import { type Resource, resourceNamed, splitApiVersion } from '../../objects/schema/resources.ts';
import { storedVersionOf } from '../../objects/schema/served-versions.ts';
import { inVersion, type KubeVersion } from '../../objects/versions.ts';
import type { ServedResource } from '../call.ts';
import { strategyFor } from '../strategy/strategies.ts';
import { DEPRECATED } from './deprecated.ts';

/** Two groups serve the same Events; they are answered in the shape of the core group. */
const ALIASES: Readonly<Record<string, string>> = { 'events.events.k8s.io': 'events' };

// Derived from committed tables alone, and asked for with every request.
const served = new Map<number, Map<string, ServedResource>>();

/**
 * The resource of a plural with its group (`pods`, `deployments.apps`); undefined for what is not registered.
 */
export function resolveResource(name: string, version: KubeVersion): ServedResource | undefined {
  let ofVersion = served.get(version.minor);
  if (ofVersion === undefined) {
    ofVersion = new Map();
    served.set(version.minor, ofVersion);
  }
  const known = ofVersion.get(name);
  if (known !== undefined) return known;
  const resource = resourceNamed(ALIASES[name] ?? name);
  if (resource === undefined) return undefined;
  const found = serve(resource, version);
  ofVersion.set(name, found);
  return found;
}

function serve(resource: Resource, version: KubeVersion): ServedResource {
  const apiVersion = storedVersionOf(resource, version);
  const rows = DEPRECATED[resource.name];
  const deprecation = rows && inVersion(rows, version);
  return {
    ...resource,
    apiVersion,
    version: splitApiVersion(apiVersion).version,
    strategy: strategyFor(resource, version),
    ...(deprecation ? { deprecation } : {}),
  };
}
