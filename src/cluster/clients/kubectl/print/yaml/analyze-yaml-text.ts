/** The styles in which a text can be written so that it reads back as itself. */
export interface YamlTextStyles {
  readonly isPlainAllowed: boolean;
  readonly isSingleQuotedAllowed: boolean;
  readonly isLiteralAllowed: boolean;
}

/** Mirrors go-yaml v2: emitterc.go yaml_emitter_analyze_scalar, for text in block context. */
export function analyzeYamlText(text: string): YamlTextStyles {
  const hasBreak = /[\n\u2028\u2029]/.test(text);
  const hasBlankBeforeBreak = / [\n\u2028\u2029]/.test(text);
  const hasBlankAfterBreak = /[\n\u2028\u2029] /.test(text);
  const isSpecial = [...text].some((character) => !isYamlPrintable(character));
  const isSingleQuotedAllowed = !hasBlankBeforeBreak && !hasBlankAfterBreak && !isSpecial;
  return {
    isPlainAllowed: isSingleQuotedAllowed && !hasBreak && !/^ | $/.test(text) && !hasIndicator(text),
    isSingleQuotedAllowed,
    isLiteralAllowed: text !== '' && !hasBlankBeforeBreak && !isSpecial && !text.endsWith(' '),
  };
}

/** Characters that would be taken for YAML's own. */
function hasIndicator(text: string): boolean {
  return /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$))|:(?:[ \t]|$)|[ \t]#/.test(text);
}

/** What go-yaml writes as it is; it knows no characters beyond U+FFFF. */
export function isYamlPrintable(character: string): boolean {
  return /^[\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(character);
}
