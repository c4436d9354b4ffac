import type { HereDoc, Redirect as ParsedRedirect, Word as ParsedWord, Redirection } from 'unbash';
import type { Redirect, Stream, Word } from './shell-line.ts';
import { refuse, spanOf } from './shell-refusal.ts';

type ReadWord = (word: ParsedWord) => Word;

/** Where a command's streams go. */
export function readRedirect(redirection: Redirection, readWord: ReadWord): Redirect {
  switch (redirection.type) {
    case 'HereDoc':
      return { type: 'given', text: hereDocument(redirection, readWord) };
    case 'HereString': {
      if (redirection.target === undefined) return refuse(spanOf(redirection), 'an empty here-string');
      const word = readWord(redirection.target);
      return { type: 'given', text: { ...word, pieces: [...word.pieces, { type: 'text', text: '\n' }] } };
    }
    case 'Redirect':
      return readFileRedirect(redirection, readWord);
  }
}

function hereDocument({ body, operator, delimiter, ...place }: HereDoc, readWord: ReadWord): Word {
  const span = spanOf(place);
  const text = operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text;
  if (delimiter?.quoted || body.parts === undefined) return { ...span, pieces: [{ type: 'text', text }] };
  return readWord({ type: 'Word', pos: body.pos, end: body.end, text, value: text, parts: body.parts });
}

function readFileRedirect(redirect: ParsedRedirect, readWord: ReadWord): Redirect {
  const { operator, descriptor, target } = redirect;
  if (target === undefined || descriptor?.type === 'FileDescriptorVariable') {
    return refuse(spanOf(redirect), 'this redirection');
  }
  if (operator === '<') return { type: 'from', file: readWord(target) };
  if (operator === '>&' && /^[12]$/.test(target.value)) {
    const from = streamOf(descriptor?.value ?? 1);
    return { type: 'join', from, to: streamOf(Number(target.value)) };
  }
  const both: readonly Stream[] = ['stdout', 'stderr'];
  const isBoth = operator === '&>' || operator === '&>>' || operator === '>&';
  const streams = isBoth ? both : [streamOf(descriptor?.value ?? 1)];
  if (target.value === '/dev/null') return { type: 'discard', streams };
  return { type: 'into', streams, file: readWord(target), isAdded: operator.endsWith('>>') };
}

function streamOf(descriptor: number): Stream {
  return descriptor === 2 ? 'stderr' : 'stdout';
}
