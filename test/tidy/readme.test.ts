import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './project-files.ts';

test.each([
  ['README.md', 'en'],
  ['README.ko.md', 'ko'],
])('what %s shows of a played scenario is in its golden transcript, in that order', (file, language) => {
  const readme = readFileSync(join(root, file), 'utf8');
  const excerpt = /<!-- excerpt -->\n```\n([\s\S]*?)```\n<!-- \/excerpt -->/.exec(readme)?.[1] ?? '';
  const transcript = readFileSync(join(root, `snapshots/liveness-failure.${language}.txt`), 'utf8').split(
    '\n',
  );
  const wanted = excerpt.split('\n').filter((line) => line !== '' && line !== '…');
  expect(wanted.length).toBeGreaterThan(10);
  let from = 0;
  for (const line of wanted) {
    const found = transcript.indexOf(line, from);
    expect({ line, isFound: found >= 0 }).toEqual({ line, isFound: true });
    from = found + 1;
  }
});

/** What of a README is the same in every language: its parts, what is typed, where its links lead. */
function frameOf(file: string): Readonly<Record<string, readonly string[]>> {
  const text = readFileSync(join(root, file), 'utf8').replace(
    /<!-- (excerpt|layers) -->[\s\S]*?<!-- \/\1 -->/g,
    '',
  );
  const all = (pattern: RegExp): readonly string[] =>
    [...text.matchAll(pattern)].map(([, found = '']) => found);
  return {
    headings: all(/^(#+) /gm),
    blocks: all(/^```(\w*\n[\s\S]*?)^```/gm),
    commands: all(/(`kubereel [^`]*`)/g).toSorted(),
    links: all(/\]\(((?!README)[^)#]+)\)/g)
      .map((link) => link.replace('.ko.svg', '.svg'))
      .toSorted(),
  };
}

test('the Korean README has the same parts, commands and links', () => {
  expect(frameOf('README.ko.md')).toEqual(frameOf('README.md'));
});
