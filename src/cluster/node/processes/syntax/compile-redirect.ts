import type { HereDoc, Redirection } from 'unbash';
import { compileQuotedParts, compileWord } from './compile-word.ts';
import type { Compiling } from './compiling.ts';
import type { Part, RedirectWord, Word } from './program.ts';

export function compileRedirects(compiling: Compiling, redirects: readonly Redirection[]): RedirectWord[] {
  return redirects.map((redirect) => {
    const written = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : undefined;
    if (redirect.type === 'HereDoc')
      return { operator: 'text', fd: written ?? 0, target: hereText(compiling, redirect) };
    const target = redirect.target ? compileWord(compiling, redirect.target) : { parts: [], source: '' };
    if (redirect.type === 'HereString') {
      const newline: Part = { kind: 'text', text: '\n', quoted: true };
      const quoted: Part = { kind: 'quotes', parts: [...target.parts, newline] };
      return { operator: 'text', fd: written ?? 0, target: { parts: [quoted], source: target.source } };
    }
    return {
      operator: redirect.operator,
      fd: written ?? (redirect.operator.startsWith('<') ? 0 : 1),
      target,
    };
  });
}

function hereText(compiling: Compiling, here: HereDoc): Word {
  const strip = here.operator === '<<-';
  const source = here.body.text;
  const parts: readonly Part[] =
    here.delimiter?.quoted || !here.body.parts
      ? [{ kind: 'text', text: here.delimiter?.quoted ? source : plainHereText(source), quoted: true }]
      : compileQuotedParts(compiling, here.body.parts);
  return { parts: [{ kind: 'quotes', parts: strip ? withoutTabs(parts) : parts }], source };
}

/** The parser gives no parts where nothing is to be expanded, but a backslash still quotes there. */
const plainHereText = (source: string): string =>
  source.replace(/\\([\\$`]|\n)/g, (_, char) => (char === '\n' ? '' : char));

/** `<<-` takes the tabs off the start of each line, but not those that an expansion brings. */
function withoutTabs(parts: readonly Part[]): Part[] {
  return parts.map((part, index) => {
    if (part.kind !== 'text') return part;
    const text = (index === 0 ? part.text.replace(/^\t+/, '') : part.text).replace(/\n\t+/g, '\n');
    return { ...part, text };
  });
}
