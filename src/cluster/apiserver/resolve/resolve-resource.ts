import { derived } from '../../objects/derived.ts';
import { type Resource, resourceNamed, splitApiVersion } from '../../objects/schema/resources.ts';
import { storedVersionOf } from '../../objects/schema/served-versions.ts';
import { inVersion, type KubeVersion } from '../../objects/versions.ts';
import { objectReader } from '../../world/readers.ts';
import { servedResources } from '../../world/served-resources.ts';
import type { World } from '../../world/world.ts';
import type { ServedResource } from '../call.ts';
import { customStrategy } from '../strategy/custom-strategy.ts';
import { strategyFor } from '../strategy/strategies.ts';
import { DEPRECATED } from './deprecated.ts';

/** Two groups serve the same Events; they are answered in the shape of the core group. */
const ALIASES: Readonly<Record<string, string>> = { 'events.events.k8s.io': 'events' };

// Derived from committed tables alone, and asked for with every request.
const served = new Map<number, Map<string, ServedResource>>();

/**
 * The resource of a plural with its group (`pods`, `deployments.apps`) in the version in which it is kept;
 * undefined for what is neither registered nor defined.
 */
export function resolveResource(
  name: string,
  version: KubeVersion,
  world: World,
): ServedResource | undefined {
  let ofVersion = served.get(version.minor);
  if (ofVersion === undefined) {
    ofVersion = new Map();
    served.set(version.minor, ofVersion);
  }
  const known = ofVersion.get(name);
  if (known !== undefined) return known;
  const resource = resourceNamed(ALIASES[name] ?? name);
  if (resource === undefined) return resolveCustom(name, world);
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

function resolveCustom(name: string, { store, seq }: World): ServedResource | undefined {
  const among = servedResources(objectReader({ tables: store.tables, seq }));
  const resource = resourceNamed(name, among);
  if (resource?.custom === undefined) return undefined;
  const { versions } = resource.custom.definition.spec;
  const stored = versions.find(({ storage }) => storage) ?? resource.custom.version;
  return serveCustom(among.find((each) => each.name === name && each.version === stored.name) ?? resource);
}

const serveCustom = derived(
  (resource: Resource): ServedResource => ({
    ...resource,
    strategy: customStrategy(resource),
  }),
);
