import { PAGE_STYLE } from './page-style.ts';
import { PICTURE_STYLE } from './picture-style.ts';
import { xmlText } from './svg.ts';
import { styleIn } from './theme.ts';

export interface PageParts {
  readonly language: string;
  readonly title: string;
  /** The program of the page, as one script. */
  readonly script: string;
  /** The log, compressed (RFC 1952) and as base64. */
  readonly log: string;
  /**
   * The branches of which the story tells, as JSON, compressed like the log; empty where it tells of none.
   */
  readonly branches: string;
  /** What is told of branches, by language and by step, as JSON. */
  readonly asides: string;
  /** What is said until the log has been read. */
  readonly reading: string;
  /** Shown where no program runs, and printed: the whole story, and its pods over time as SVG. */
  readonly transcript: string;
  readonly picture: string;
}

/** Nothing is asked of any network: the page holds all that it shows, and may load nothing. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/** Pictures in a page share one style with it. */
const PICTURE_LOOK = styleIn(PICTURE_STYLE, 'auto').replaceAll(/\bsvg \{ background: #\w+; \}/g, '');

/** A run as one page that holds its log and the program that replays it. */
export function recordPage({
  language,
  title,
  script,
  log,
  branches,
  asides,
  reading,
  transcript,
  picture,
}: PageParts): string {
  const quoted = xmlText(title, /[&<>"]/g);
  return `<!doctype html>
<html lang="${xmlText(language, /[&<>"]/g)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="kubereel">
<title>${quoted}</title>
<style>${PAGE_STYLE}${PICTURE_LOOK}</style>
</head>
<body>
<header><h1>${quoted}</h1></header>
<main><p>${xmlText(reading)}</p></main>
<section class="whole">${picture.replace(/<style>[^<]*<\/style>/, '')}<pre>${xmlText(transcript)}</pre></section>
<noscript><pre>${xmlText(transcript)}</pre></noscript>
<script type="text/plain" id="log">${log}</script>
${branches === '' ? '' : `<script type="text/plain" id="branches">${branches}</script>\n`}<script type="application/json" id="asides">${asides}</script>
<script>${script.replaceAll('</script', String.raw`<\/script`)}</script>
</body>
</html>
`;
}
