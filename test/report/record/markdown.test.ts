import { expect, it } from 'vitest';
import { markdownOf } from '../../../src/report/record/markdown.ts';
import { playToEnd, scenarioOf } from '../../support/play-scenario.ts';
import { scenarioText } from '../../support/scenario-folder.ts';

const { log } = playToEnd(
  scenarioOf({
    'scenario.yaml': scenarioText(`steps:
  - say: { en: "A map with a *star*, and \`code\`.", ko: 지도. }
  - run: kubectl create configmap cm --from-literal='fence=\`\`\`'
  - run: kubectl get configmap cm -o jsonpath={.data.fence}
    expect: { output: "\`\`\`" }
  - wait: 5s
  - run: kubectl get configmap none
    expect: { exitCode: 1 }
`),
  }),
);

it('a page has prose, blocks of a console, and what was expected', () => {
  const wait = log.find(({ event }) => event.type === 'StepBegan' && event.kind === 'wait')?.seq ?? 0;
  const pictures = [
    { file: 'pods.svg', title: 'Pods', place: 'beginning' },
    { file: 'then.svg', title: 'Then', place: wait },
    { file: 'requests.svg', title: 'Requests', place: 'end' },
  ] as const;
  const page = [...markdownOf(log, { language: 'en', pictures })].join('');
  expect(page).toBe(`# small

![Pods](pods.svg)

A map with a *star*, and \`code\`.

\`\`\`\`console
$ kubectl create configmap cm --from-literal='fence=\`\`\`'
configmap/cm created
\`\`\`\`

\`\`\`\`console
$ kubectl get configmap cm -o jsonpath={.data.fence}
\`\`\`
\`\`\`\`

- [x] \`\`\`\`output to contain "\`\`\`"\`\`\`\`

![Then](then.svg)

*00:00.144 — wait 5s*

\`\`\`console
$ kubectl get configmap none
Error from server (NotFound): configmaps "none" not found
(exit 1)
\`\`\`

- [x] \`exit code 1\`

![Requests](requests.svg)

*00:05.216  All expectations met.*
`);
});

it('a page is told in the language that is asked for', () => {
  expect([...markdownOf(log, { language: 'ko' })].join('')).toContain('지도.');
});
