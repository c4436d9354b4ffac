import { ENGLISH_FILES } from './english-files.ts';
import { ENGLISH_HELP } from './english-help.ts';
import { ENGLISH_INIT } from './english-init.ts';
import { ENGLISH_LEARN } from './english-learn.ts';
import { ENGLISH_RECORD } from './english-record.ts';
import { ENGLISH_SERVE } from './english-serve.ts';
import { ENGLISH_SUITE } from './english-suite.ts';
import type { ToldWords, Words, WrongWords } from './words.ts';

const wrong: WrongWords = {
  seed: 'It is a whole number of at most 15 digits.',
  value: 'It is a name and a value: nodes=3.',
  duration: 'It is a time such as 90s or 1m30s.',
  instant:
    'It is a time such as 90s, 1m30s or 01:30.250, an entry (412), a step (step:3), a part (50%), start, end, first-warning or last-warning.',
  language: 'It is a language tag such as en or ko.',
  wholeNumber: 'It is a whole number above 0.',
  steps: 'It is a step such as 3, or some, such as 3-5.',
  field: 'It is a field such as spec.replicas or status.containerStatuses[0].ready.',
  pattern: (reason) => `It is no regular expression: ${reason}`,
  shard: 'It is a part of all, such as 1/3.',
  usage: (message) => message,
  noEntry: (seq, last) => `there is no entry ${seq}: the first is 1, the last ${last}`,
  noStep: (step, last) =>
    last === 0
      ? `there is no step ${step}: this log has none`
      : `there is no step ${step}: the last is step:${last}`,
  noTime: (wanted, last) => `there is nothing at ${wanted}: the log ends at ${last} (end)`,
  noCheckpoint: (name, known, meant) =>
    `there is no instant "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}` +
    (known.length === 0
      ? `; this story has no checkpoints. ${wrong.instant}`
      : `; its checkpoints are ${known.join(', ')}`),
  noCase: (asked, titles) => `there is no case "${asked}"; there are ${titles.join('; ')}`,
  noBranch: (name, known) =>
    known.length === 0
      ? `this story tells of no branches, so there is no "${name}"`
      : `there is no branch "${name}"; the story tells of ${known.join(', ')}`,
  noWarning: 'there is no warning in this log',
  noCluster: 'There is no cluster yet.',
  kind: (word, near) =>
    `there is no kind of objects called "${word}"${near === undefined ? ': it is one such as pod, deploy or Node' : `: did you mean ${near}?`}`,
  objectForm: (word) =>
    `"${word}" names no object: write it as kind/name, such as pod/web or deploy/web.spec.replicas`,
  noObject: (word, near) =>
    `there never is an object "${word}" of that kind${near === undefined ? '' : `: did you mean ${near}?`}`,
  otherNamespace: (word, namespaces) =>
    `${word} is not in that namespace: name another with -n (it is in ${namespaces.join(', ')})`,
  noField: (path) =>
    `"${path}" is no field: it is one such as spec.replicas or status.containerStatuses[0].ready`,
  noClient: (client, clients) =>
    `there is no client "${client}"${clients.length === 0 ? ': this log has no traffic by then' : `: it is one of ${clients.join(', ')}`}`,
  notLost: (number, isAnswered, lost) =>
    `request ${number} ${isAnswered ? 'was answered' : 'was not sent by then, or is under way'}${lost === '' ? '; none was lost' : `: lost were ${lost}`}`,
  noneOf: (what, word, near) =>
    `nothing in this log has ${what} "${word}"${near === undefined ? '' : `: did you mean ${near}?`}`,
  noneFound: 'no entry has all of that',
  noSubject:
    'name an entry (412), an object (pod/web), a field (pod/web.status.phase), a client whose requests were lost (traffic/shop), or one of its requests (traffic/shop/17)',
  unchanged: 'it has not been there yet by then',
  oneInstant: 'name two instants: --at 30s --and 60s, or run.log@30s run.log@60s, or two logs',
  twoLogs: 'two logs are compared as of one time: name it with --at',
  noCommand: 'what kubectl is asked stands behind --: kubereel kubectl run.log --at 30s -- get pods',
  wouldWrite: (what) => `it would ${what}: what is past can only be read`,
  tryFork: (line) => `to see what would become of it, fork: ${line}`,
  goesOn: '(it would go on: only what is there at that instant was printed)',
  resourceFirst: '--output and --selector are of a table: name what it shows, such as pods or deploy/web',
  bug: (version) => `kubereel ${version} has a bug. Please report it with what follows:`,
  notForked: (reason) =>
    reason === 'empty'
      ? 'an empty log can not be forked'
      : 'this was recorded from a real cluster: nobody knows how it would have gone on. Play what was typed in it with kubereel compare -o, and fork that log',
  line: (line, problem) => `${line}\n  ${problem}`,
  scenarioGone: (name) =>
    `note: the scenario "${name}" of this log is not at hand as it was: its remaining steps and its files are unknown`,
  noRun: 'say what is typed there: --run "kubectl …", or --set pod/web.spec.x=value',
  setForm: (text) => `"${text}" gives no field a value: write it as pod/web.spec.replicas=3`,
  noSuchField: (field, problem) =>
    problem === 'unknownField'
      ? `it has no field ${field} that could be given a value`
      : `more than one of its fields is called ${field}: write the whole path, such as spec.containers[0].image`,
  tooLarge: (path) => `${path} is too large for a manifest`,
  forTime: 'It is a time such as 5m, and more than nothing.',
};

const told: ToldWords = {
  logFiles: (count, folder) => `${count} ${count === 1 ? 'file' : 'files'} in ${folder}`,
  ran: (name, { passed, entries, seed }) =>
    `${name}: ${passed ? 'passed' : 'failed'} (${entries} entries, seed ${seed})`,
  missed: (step, what) => `MISSED: ${step === undefined ? '' : `step ${step}: `}${what}`,
  note: (about, message) => `note: ${about}: ${message}`,
  place: (name, time, seq) => `${name} at ${time} (entry ${seq})`,
  inStep: (step, steps) => `, step ${step} of ${steps}`,
  nodes: 'Nodes',
  pods: 'Pods',
  workloads: 'Workloads',
  traffic: 'Traffic',
  unhealthy: 'Unhealthy',
  none: 'none',
  healthy: 'nothing',
  nodesReady: (ready, all) =>
    all === 0 ? 'none' : ready === all ? `${all}, all ready` : `${all}, ${ready} ready`,
  workloadReady: (ready, wanted) => `${ready}/${wanted}`,
  because: 'because',
  asAbove: '… and so on, as above.',
  originTyped: 'So it began: somebody typed it',
  originTold: 'So it began: the scenario did it',
  originMade: 'So it began: that is how the cluster was made',
  originTimed: 'So it began: its time had come',
  originAsked: (client) => `So it began: ${client} asked for it`,
  originUnrecorded: 'What led to it was not recorded',
  originStep: (origin, step) => (step === undefined ? `${origin}.` : `${origin}, in step ${step}.`),
  noLosses: 'No request was lost by then.',
  noEffects: 'Nothing followed from it.',
  same: 'Nothing is otherwise.',
  original: 'original',
  story: 'story',
  whatIf: (name) => `What if: ${name}`,
  fork: 'branch',
  forked: (seq, time) => `Forked after entry ${seq}, at ${time}.`,
  exit: (code) => `(exit ${code})`,
  stillRunning: '(it still runs)',
  remade:
    'note: that can not be changed while the object is there, so the line that made it is typed again, with its manifest changed',
  originalEnds: (time) => `The original ends at ${time}.`,
  branch: {
    same: (until) => `The same up to ${until}. Then:`,
    nothingShared: 'They have no entry in common. They begin with:',
    alike: (at) => `The same up to ${at}: nothing tells them apart so far.`,
    otherwise: (one, other, at) => `At ${at} in ${one}, otherwise than in ${other}:`,
    onlyIn: (name) => `Kubernetes Events only in ${name}:`,
    inBoth: (left, right) => `Kubernetes Events otherwise, ${left} → ${right}:`,
    nothingYet: 'nothing so far',
  },
  saved: (path, entries) => `The branch is in ${path} (${entries} entries).`,
};

export const ENGLISH: Words = {
  help: ENGLISH_HELP,
  files: ENGLISH_FILES,
  suite: ENGLISH_SUITE,
  record: ENGLISH_RECORD,
  init: ENGLISH_INIT,
  learn: ENGLISH_LEARN,
  serve: ENGLISH_SERVE,
  wrong,
  told,
};
