/**
 * In a basic expression `\|`, `\+`, `\(` are the operators and `|`, `+`, `(` are themselves (POSIX; GNU
 * grep).
 */
export function extendedOfBasic(pattern: string): string {
  return pattern.replace(/\\(.)|\[[^\]]*\]|[?+|(){}]/g, (part, escaped: string | undefined) => {
    if (escaped !== undefined) return '?+|(){}'.includes(escaped) ? escaped : part;
    return part.length > 1 ? part : `\\${part}`;
  });
}
