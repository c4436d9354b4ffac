/** What an element is given: its own properties, attributes with a dash, and what is done on a click. */
export interface Given {
  readonly class?: string;
  readonly id?: string;
  readonly role?: string;
  readonly title?: string;
  readonly type?: string;
  readonly lang?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-labelledby'?: string;
  readonly 'aria-hidden'?: string;
  readonly 'aria-selected'?: string;
  readonly 'aria-pressed'?: string;
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

/** A button that says by itself, or to those who can't see its sign, what it does. */
export function button(sign: string, title: string, onclick: () => void): HTMLButtonElement {
  const named = sign === title ? {} : { 'aria-label': title, title };
  return element('button', { type: 'button', ...named, onclick }, sign);
}

/** Only this box scrolls to what it holds, not the page around it. */
export function keepInSight(box: HTMLElement, shown: HTMLElement): void {
  const [outer, inner] = [box.getBoundingClientRect(), shown.getBoundingClientRect()];
  if (outer.height === 0) return;
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  box.scrollTop += inner.top - outer.top - outer.height / 3;
}
