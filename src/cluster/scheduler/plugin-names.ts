import { filters, PREEMPTION, scores } from './plugins.ts';

/** The plugins that are simulated, in Kubernetes' order. */
export const PLUGIN_NAMES: readonly string[] = [
  ...new Set([...filters.map(({ name }) => name), PREEMPTION, ...scores.map(({ name }) => name)]),
];

/** Plugins of Kubernetes that decide nothing here (scheduler: framework/plugins/registry.go). */
export const OTHER_PLUGINS: readonly string[] = [
  'DefaultBinder',
  'GangScheduling',
  'NodeDeclaredFeatures',
  'PrioritySort',
  'SchedulingGates',
];

export function isSimulatedPlugin(name: string): boolean {
  return PLUGIN_NAMES.includes(name);
}
