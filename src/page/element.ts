/** What an element is given: its own properties, attributes with a dash, and what is done on a click. */
export interface Given {
  readonly class?: string;
  readonly id?: string;
  readonly role?: string;
  readonly title?: string;
  readonly type?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-selected'?: string;
  readonly 'aria-controls'?: string;
  readonly 'aria-current'?: string;
  readonly tabindex?: string;
  readonly href?: string;
  readonly onclick?: () => void;
}

/** An element with what it holds; texts are texts, never HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { onclick, ...given }: Given = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(given)) made.setAttribute(attribute, value);
  if (onclick) made.addEventListener('click', onclick);
  made.append(...children);
  return made;
}
