/** A regular expression as a scenario writes it: bare, or between slashes with its flags. */
export function regularExpression(text: string): RegExp {
  const { source, flags } = partsOf(text);
  return new RegExp(source, flags);
}

/** Why a text is no regular expression; undefined if it is one. */
export function regularExpressionProblem(text: string): string | undefined {
  const { source, flags } = partsOf(text);
  if (!/^[ims]*$/.test(flags)) return `the flags may be i, m and s, not "${flags}"`;
  try {
    new RegExp(source, flags);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Engines word it differently; only their last part says what it is.
    return error.message.slice(error.message.lastIndexOf(':') + 1).trim();
  }
}

function partsOf(text: string): { readonly source: string; readonly flags: string } {
  const slashed = /^\/(.+)\/([a-z]*)$/s.exec(text);
  return { source: slashed?.[1] ?? text, flags: slashed?.[2] ?? '' };
}
