import type { InitWords } from './init-words.ts';

export const ENGLISH_INIT: InitWords = {
  parts: {
    arrives: 'Everything comes up.',
    asks: 'Somebody asks, all the time from here on.',
    rolls: 'Each workload is rolled out again, and no request is lost.',
    drains: 'Each node is drained in turn, as for an upgrade of its machine.',
    dies: 'A machine dies. Its pods are given up after five minutes, and come up elsewhere. Then it returns.',
    always: 'Of several replicas, one is there at every moment.',
  },
  written: (path, kinds) => `${path} plays ${kinds}.`,
  others: (count, first) => `${count} files are no manifests, and are left out: ${first}`,
  notSimulated: 'What is not simulated, or only in part:',
  allWell: 'It was run: everything was as such a scenario expects it.',
  findings: (count) =>
    `It was run, and ${count === 1 ? 'one thing was' : `${count} things were`} not as such a scenario expects it:`,
  next: (folder) => [`kubereel play ${folder}    see it`, `kubereel test ${folder}    keep it as a test`],
};
