/** Makes terminal control visible. Mirrors cli-runtime: printers/terminal.go. */
export function escapeTerminal(text: string): string {
  return text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
}
