import type { Play } from './play.ts';

const OF_NODES = /^kubectl (cordon|uncordon|drain|taint|label|annotate|patch|edit|delete|replace|apply)\b/;

/**
 * Nodes to which something was done in a play: what becomes of the others is the doing of whoever else used
 * the cluster meanwhile (README 1.36, 3.14).
 */
export function isTouched({ commands, struck = [] }: Play): (node: string) => boolean {
  const typed = commands.filter(({ line }) => OF_NODES.test(line)).map(({ line }) => line.split(/[\s/]+/));
  return (node) => struck.includes(node) || typed.some((words) => words.includes(node));
}
