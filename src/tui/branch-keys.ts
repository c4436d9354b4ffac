import type { Key } from 'ink';
import { branchNamed, type Travels } from '../replay/player/travels.ts';
import type { Pressed } from './standing.ts';
import type { View } from './view.ts';

interface Listing {
  readonly view: View;
  readonly travels: Travels;
  /** The view without the list. */
  readonly closed: View;
}

/** What a key does in the list of branches; undefined for those that mean what they always mean. */
export function branchKey(
  [input, key]: readonly [string, Key],
  { view, travels, closed }: Listing,
): Pressed | undefined {
  const { branches, current } = travels;
  const { name } = branchNamed(branches, view.branch ?? current) ?? { name: current };
  if (key.upArrow || key.downArrow) {
    const at = branches.findIndex((branch) => branch.name === name) + (key.upArrow ? -1 : 1);
    const next = branches[Math.max(0, Math.min(branches.length - 1, at))]?.name ?? name;
    return { view: { ...view, branch: next } };
  }
  if (key.return) return { view: closed, command: { to: 'player', command: { type: 'toBranch', name } } };
  if (key.ctrl || key.meta) return undefined;
  switch (input) {
    case 'v':
      return { view: closed };
    case 'n':
      return { view: { ...view, branch: name, prompt: { kind: 'name', text: '' } } };
    case 's':
    case 'S': {
      const as = input === 's' ? 'log' : 'scenario';
      return { view, command: { to: 'screen', command: { type: 'save', name, as } } };
    }
    default:
      return undefined;
  }
}

/** The chosen branch gets a name. */
export function named(name: string, view: View, { current }: Travels): Pressed {
  const of = view.branch ?? current;
  return {
    view: { ...view, branch: name },
    command: { to: 'player', command: { type: 'nameBranch', of, name } },
  };
}
