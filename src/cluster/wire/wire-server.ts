import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import type { Resource } from '../objects/schema/resources.ts';
import type { KubeVersion } from '../objects/versions.ts';
import { discoveredResources } from '../world/discovered-resources.ts';
import { serverSettings } from '../world/installs.ts';
import { viewOf } from '../world/view-of.ts';
import type { World } from '../world/world.ts';

/** The API server at one moment, as requests over HTTP meet it. */
export interface WireServer {
  readonly world: World;
  readonly at: Millis;
  readonly view: View;
  readonly settings: ClusterSettings;
  readonly version: KubeVersion;
  readonly served: readonly Resource[];
}

/** Undefined before there is a cluster. */
export function wireServer(world: World, at: Millis): WireServer | undefined {
  const view = viewOf(world);
  if (view === undefined) return undefined;
  const settings = serverSettings(view.rows, view.settings);
  const { version } = settings;
  return { world, at, view, settings, version, served: discoveredResources(view.objects, settings) };
}
