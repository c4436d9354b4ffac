const MAX_LINES = 12;
const MAX_COLUMNS = 160;

/** The beginning of a text as part of an explanation, indented; how much is left out is said. */
export function quoteText(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const shown = lines.slice(0, MAX_LINES).map((line) => {
    return `  ${line.length > MAX_COLUMNS ? `${line.slice(0, MAX_COLUMNS)}…` : line}`;
  });
  const left = lines.length - shown.length;
  return [...shown, ...(left > 0 ? [`  … and ${left} more lines`] : [])].join('\n');
}
