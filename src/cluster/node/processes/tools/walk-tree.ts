import type { FileNode } from '../../images/file-node.ts';
import { childOf } from '../files/paths.ts';
import type { ToolIo } from './tool.ts';

export interface Visited {
  /** As it is shown: the operand, and the names below it. */
  readonly shown: string;
  readonly path: string;
  readonly node: FileNode;
  readonly depth: number;
}

/** A file or directory and all below it, a directory before what is in it, in order of names. */
export function walkTree(io: ToolIo, shown: string, path: string): Visited[] {
  const visited: Visited[] = [];
  const visit = (at: { shown: string; path: string; depth: number }): void => {
    const node = io.files.node(at.path);
    if (!node) return;
    visited.push({ ...at, node });
    if (node.kind !== 'directory') return;
    for (const name of io.files.list(at.path)) {
      visit({ shown: childOf(at.shown, name), path: childOf(at.path, name), depth: at.depth + 1 });
    }
  };
  visit({ shown, path, depth: 0 });
  return visited;
}
