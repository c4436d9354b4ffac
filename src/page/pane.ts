/** A part of the page that shows one thing, and what draws it anew. */
export interface Pane {
  readonly pane: HTMLElement;
  readonly draw: () => void;
}
