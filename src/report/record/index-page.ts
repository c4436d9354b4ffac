import { PAGE_STYLE } from './page-style.ts';
import { xmlText } from './svg.ts';

export interface IndexPage {
  readonly language: string;
  readonly title: string;
  /** Said below the title. */
  readonly about: string;
  readonly chapters: readonly IndexChapter[];
  /** The same page in another language: where it lies, and what its readers call it. */
  readonly others: readonly { readonly href: string; readonly language: string; readonly name: string }[];
}

export interface IndexChapter {
  readonly title: string;
  readonly walkthroughs: readonly {
    readonly href: string;
    readonly title: string;
    /** How long it is. */
    readonly about: string;
    /** In other forms. */
    readonly forms: readonly { readonly href: string; readonly name: string }[];
  }[];
}

const STYLE = `body { display: block; height: auto; }
.index { display: block; max-width: 52rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
.index h2 { font: 600 1.1rem/1.4 system-ui, sans-serif; margin: 2rem 0 .4rem; }
.index ol { margin: 0; padding-left: 1.6rem; } .index li { margin: .35rem 0; }
.index small { color: var(--faint); margin-left: .4rem; }`;

/** What there is to see, by chapter, in the order in which it is best seen. */
export function indexPage({ language, title, about, chapters, others }: IndexPage): string {
  const quoted = (text: string): string => xmlText(text, /[&<>"]/g);
  const link = (href: string, text: string, more = ''): string =>
    `<a href="${quoted(href)}"${more}>${quoted(text)}</a>`;
  const listed = chapters.flatMap((chapter) => [
    `<h2>${quoted(chapter.title)}</h2>`,
    '<ol>',
    ...chapter.walkthroughs.map(({ href, title: name, about: length, forms }) => {
      const also = forms.map((form) =>
        link(form.href, form.name, ` aria-label="${quoted(`${name}: ${form.name}`)}"`),
      );
      return `<li>${link(href, name)}<small>${[quoted(length), ...also].join(' · ')}</small></li>`;
    }),
    '</ol>',
  ]);
  return [
    '<!doctype html>',
    `<html lang="${quoted(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="kubereel">',
    `<title>${quoted(title)}</title>`,
    `<style>${PAGE_STYLE}${STYLE}</style>`,
    '</head>',
    '<body>',
    `<header><h1>${quoted(title)}</h1><p>${quoted(about)}</p>`,
    ...others.map((other) =>
      link(other.href, other.name, ` lang="${other.language}" hreflang="${other.language}"`),
    ),
    '</header>',
    '<main class="index">',
    ...listed,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
