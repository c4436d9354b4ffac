/** So often a line of progress is written anew. */
const EVERY_MS = 100;

export interface Progress {
  /** Says how far it has come, over what was said before. */
  tell(text: () => string): void;
  /** Leaves nothing of it behind. */
  done(): void;
}

/**
 * What takes long says how far it has come, beside what it writes; only to a person, who sits at a terminal.
 */
export function progressBeside(): Progress {
  const { stderr } = process;
  if (!stderr.isTTY || process.env['CI']) return { tell: () => {}, done: () => {} };
  // The first look is worth nothing yet, and what is quick shall not flicker.
  let told = performance.now();
  let isShown = false;
  return {
    tell(text) {
      const now = performance.now();
      if (now - told < EVERY_MS) return;
      told = now;
      isShown = true;
      stderr.write(`\r\u001b[2K${text().slice(0, (stderr.columns || 80) - 1)}`);
    },
    done() {
      if (isShown) stderr.write('\r\u001b[2K');
      isShown = false;
    },
  };
}
