import type { FileNode } from '../images/file-node.ts';
import type { Effect } from './process-host.ts';

/** The files after what a process did to them, for a host that keeps them as a plain record. */
export function applyFileEffects(
  files: Readonly<Record<string, FileNode>>,
  effects: readonly Effect[],
): Readonly<Record<string, FileNode>> {
  let next: Record<string, FileNode> | undefined;
  for (const effect of effects) {
    if (effect.type !== 'FileWritten' && effect.type !== 'FileAppended' && effect.type !== 'FileRemoved')
      continue;
    next ??= { ...files };
    if (effect.type === 'FileRemoved') next[effect.path] = { kind: 'removed', mode: 0, modifiedAt: 0 };
    else if (effect.type === 'FileWritten') next[effect.path] = effect.node;
    else {
      const before = next[effect.path] ?? { kind: 'file', mode: 0o644, modifiedAt: 0 };
      const content = (before.content ?? '') + effect.text;
      next[effect.path] = { ...before, content, modifiedAt: effect.modifiedAt };
    }
  }
  return next ?? files;
}
