import { expect, test } from 'vitest';
import { indexPage } from '../../../src/report/record/index-page.ts';

test('an index leads to each walkthrough, in each of its forms, and to the other language', () => {
  const page = indexPage({
    language: 'ko',
    title: '<안내>',
    about: 'a & b',
    others: [{ href: 'index.html', language: 'en', name: 'English' }],
    chapters: [
      {
        title: '파드',
        walkthroughs: [
          {
            href: 'one/index.html#lang=ko',
            title: 'One "thing"',
            about: '3단계',
            forms: [{ href: 'one/ko.cast', name: 'asciicast' }],
          },
        ],
      },
    ],
  });
  expect(page).toContain('<html lang="ko">');
  expect(page).toContain('<h1>&lt;안내&gt;</h1><p>a &amp; b</p>');
  expect(page).toContain('<a href="index.html" lang="en" hreflang="en">English</a>');
  expect(page).toContain('<h2>파드</h2>');
  expect([...page.matchAll(/<a href="(one\/[^"]*)"/g)].map(([, href]) => href)).toEqual([
    'one/index.html#lang=ko',
    'one/ko.cast',
  ]);
  expect(page).toContain('aria-label="One &#34;thing&#34;: asciicast"');
  expect(page).not.toMatch(/<script|https?:/);
});
