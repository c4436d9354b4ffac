import stringWidth from 'string-width';

/** `─ Title ──────── tab: others ─`, as wide as it is to be. */
export function titleLine(title: string, width: number, others: readonly string[] = []): string {
  const end = others.length > 0 ? ` tab: ${others.join(', ')} ─` : '';
  const rule = '─'.repeat(Math.max(0, width - stringWidth(title) - stringWidth(end) - 3));
  return `─ ${title} ${rule}${end}`;
}
