import { SECOND } from '../../kernel/time/millis.ts';
import type { Address, Component, View } from '../contract/component.ts';
import type { ContainerRow } from '../contract/machine-rows.ts';
import type { RowReader } from '../contract/reader.ts';
import { klogLine } from '../objects/klog-line.ts';
import type { Node } from '../objects/kubernetes.ts';
import { endProgram } from './control-plane/end-program.ts';

const NAME = 'flannel';

/** From its start until it has asked for its node. */
const ASKS_AFTER_MS = SECOND;

/**
 * Flannel's daemons, by their containers: they take the addresses that a node was given, and end where it
 * was given none (flannel: pkg/subnet/kube/kube.go AcquireLease).
 */
export const flannel: Component = {
  name: NAME,
  readsStore: true,
  concernedBy: ['ContainerStarted'],
  *concernsOf({ event }, rows) {
    if (event.type === 'ContainerStarted') yield* addressOf(rows.row('containers', event.container));
  },
  *addresses({ rows }) {
    for (const { node } of rows.rowsBy('machines', 'all', ''))
      for (const { key } of rows.rowsBy('podWorkers', 'node', node))
        for (const container of rows.rowsBy('containers', 'pod', key)) yield* addressOf(container);
  },
  wake({ rows }, { key }, from) {
    const container = running(rows, key);
    const at = (container?.startedAt ?? 0) + ASKS_AFTER_MS;
    return container && at >= from ? { at, cause: rows.changedAt('containers', key) } : undefined;
  },
  *reconcile(view, { key }, now) {
    const container = running(view.rows, key);
    if (container && !hasRange(view, container.node))
      yield* endProgram(view, container, { now, says: why(view, container.node, now) });
  },
};

function* addressOf(container: ContainerRow | undefined): Generator<Address> {
  if (container && /\/flannel:/.test(container.specImage) && container.name === 'kube-flannel')
    yield { actor: NAME, key: container.id };
}

function running(rows: RowReader, id: string): ContainerRow | undefined {
  const container = rows.row('containers', id);
  return container?.startedAt !== undefined && !container.exit && !rows.row('processes', id)?.ending
    ? container
    : undefined;
}

function hasRange({ objects }: View, name: string): boolean {
  return objects.get<Node>('nodes', undefined, name)?.spec?.podCIDR !== undefined;
}

function why({ settings }: View, node: string, now: number): string {
  const text = `Error registering network: failed to acquire lease: node "${node}" pod cidr not assigned`;
  return `${klogLine('E', 'main.go:359', { epochMs: settings.epochMs + now, text })}\n`;
}
