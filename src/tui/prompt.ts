import type { Key } from 'ink';

/**
 * A line that is being typed: to ask or go somewhere, to find something, to name a branch, to change a field,
 * to answer a question.
 */
export interface Prompt {
  readonly kind: 'ask' | 'find' | 'name' | 'edit' | 'answer';
  /** What a field is changed of. */
  readonly about?: string;
  readonly text: string;
}

/** The prompt after a key; `given` when the line is done, and `left` when it is given up. */
export type Typed = { readonly prompt: Prompt } | { readonly given: string } | { readonly left: true };

/** Takes a key into the line. A tab ends the last word as the first suggestion says. */
export function typeKey(
  prompt: Prompt,
  [input, key]: readonly [string, Key],
  suggestions: () => readonly string[],
): Typed {
  const { text } = prompt;
  if (key.escape || (key.ctrl && input === 'c')) return { left: true };
  if (key.return) return { given: text.trim() };
  if (key.backspace || key.delete) {
    return text === '' ? { left: true } : { prompt: { ...prompt, text: [...text].slice(0, -1).join('') } };
  }
  if (key.ctrl && input === 'u') return { prompt: { ...prompt, text: '' } };
  if (key.tab) return { prompt: { ...prompt, text: completed(prompt, suggestions()[0]) } };
  const isText = input !== '' && !key.ctrl && !key.meta && !/\p{Cc}/u.test(input);
  return { prompt: isText ? { ...prompt, text: text + input } : prompt };
}

function completed({ kind, text }: Prompt, suggestion: string | undefined): string {
  // The value that a field has is not the one that it is to have.
  if (kind === 'edit') return suggestion?.replace(/=.*$/s, '=') ?? text;
  return suggestion === undefined ? text : `${text.replace(/\S*$/, '')}${suggestion} `;
}
