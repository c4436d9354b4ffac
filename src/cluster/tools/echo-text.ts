import { unescapeText } from './unescape-text.ts';

/** What `echo` prints. busybox and bash know `-n`, `-e` and `-E`; dash knows `-n` and always unescapes. */
export function echoText(args: readonly string[], isDash = false): string {
  let newline = true;
  let escapes = isDash;
  let at = 0;
  for (
    ;
    at < args.length && (isDash ? args[at] === '-n' && at === 0 : /^-[neE]+$/.test(args[at] ?? ''));
    at += 1
  ) {
    for (const letter of args[at] ?? '') {
      if (letter === 'n') newline = false;
      if (letter === 'e') escapes = true;
      if (letter === 'E') escapes = false;
    }
  }
  const text = args.slice(at).join(' ');
  if (!escapes) return newline ? `${text}\n` : text;
  const { text: plain, stopped } = unescapeText(text, true);
  return newline && !stopped ? `${plain}\n` : plain;
}
