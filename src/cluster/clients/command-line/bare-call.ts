/** A call without what only says as whom, or with which variables, it is made. */
export interface BareCall {
  /** How many words stand before the program's name. */
  readonly skipped: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Options of sudo that take the next word. */
const SUDO_VALUED = new Set(['-u', '-g', '-h', '-p', '-C', '-r', '-t', '--user', '--group']);

/**
 * Where the program's name stands behind `sudo`, `sudo -u root`, `sudo A=b`, `env A=b`: whoever types here
 * may do everything. `sudo -i` alone, and `su -`, call nothing.
 */
export function bareCall(words: readonly string[]): BareCall {
  const environment: Record<string, string> = {};
  let skipped = 0;
  for (;;) {
    const name = words[skipped];
    if (name === 'su') return { skipped: words.length, environment };
    if (name !== 'sudo' && name !== 'env') return { skipped, environment };
    skipped += 1;
    for (let word = words[skipped]; word !== undefined; word = words[skipped]) {
      const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(word);
      if (assignment) environment[assignment[1] ?? ''] = assignment[2] ?? '';
      else if (!word.startsWith('-') || word === '--help') break;
      skipped += SUDO_VALUED.has(word) ? 2 : 1;
      if (word === '--') break;
    }
  }
}
