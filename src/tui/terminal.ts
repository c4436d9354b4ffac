import { writeSync } from 'node:fs';

const ENTER = '\u001b[?1049h\u001b[H';
const LEAVE = '\u001b[?1049l\u001b[?25h';

/**
 * Shows the alternate screen, and brings back the one before on leaving, however the program ends. Returns
 * what leaves it.
 */
export function enterAlternateScreen(): () => void {
  let inside = true;
  const leave = (): void => {
    if (!inside) return;
    inside = false;
    // Synchronous: the process may be on its way out.
    writeSync(1, LEAVE);
  };
  writeSync(1, ENTER);
  process.once('exit', leave);
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      leave();
      process.exit(128 + (signal === 'SIGTERM' ? 15 : 1));
    });
  }
  return leave;
}
