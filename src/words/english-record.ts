import type { RecordWords } from './record-words.ts';

export const ENGLISH_RECORD: RecordWords = {
  pods: 'Pods over time',
  ready: 'ready pods',
  lost: 'lost requests',
  more: (count) => `and ${count} more`,
  lanesDesc: (pods, steps) =>
    `A lane for each of ${pods} pods over the time of the run, and a line for each of its ${steps} steps.`,
  stillDesc: (clock, told) => `The screen of the player at ${clock}. ${told}`.trim(),
  stillOf: (step) => `The player at step ${step}`,
  playing: (name, clock) => `${name}  ${clock}`,
  plots: {
    availability: 'Availability over time',
    requests: 'Requests over time',
    autoscaling: 'Autoscaling over time',
    desc: (panels, steps) => `Over the time of the run and its ${steps} steps: ${panels.join(', ')}.`,
    podsUnit: 'pods',
    replicasUnit: 'replicas',
    allPods: 'All pods',
    present: 'there',
    wanted: 'wanted',
    answered: 'answered',
    requestsIn: (span) => `requests each ${span}`,
    measured: 'measured',
    target: 'target',
    current: 'there',
    least: 'fewest',
    most: 'most',
    shareOf: (resource) => `${resource}, % of its request`,
    milliOf: (resource) => `${resource}, thousandths`,
  },
  wrong: {
    format: (asked, known) =>
      `it can't be recorded as "${asked}": the formats are ${known.join(', ')}, or the ending of the file's name`,
    option: (option, asked, known) => `${option} ${asked}: it is one of ${known.join(', ')}`,
    pictureOnly: (format) =>
      `--at, --pane and --picture are for pictures, not for ${format}: write to a file such as still.svg`,
    playerOnly: (picture) =>
      `--at and --pane are for a picture of the player: leave out --picture ${picture}, or them`,
    pngFile: 'a PNG is written to a file: -o still.png',
    nothingOf: (picture) => `there is nothing of that in this run: it has no ${picture}`,
    tooSmall: (columns, rows) => `the player needs at least ${columns} columns and ${rows} rows`,
    noBrowser:
      'To draw letters into a PNG takes a browser, and none was found: install chromium, or name one in\nCHROME_PATH. An SVG needs none: -o still.svg',
    notDrawn: (browser, reason) =>
      `${browser} drew nothing${reason === '' ? '' : ` (${reason})`}: an SVG needs no browser: -o still.svg`,
  },
  page: {
    story: 'Story',
    state: 'State',
    entries: 'Entries',
    objects: 'Objects',
    place: 'Place in the run',
    play: 'Play',
    pause: 'Pause',
    previousStep: 'Step before',
    nextStep: 'Next step',
    back: 'Commit before',
    forward: 'Next commit',
    keys: 'Keys: space plays, ← → a commit, [ ] a step, Home and End.',
    nothingChanged: 'Nothing changed in it since it was created.',
    choose: 'Choose an object to see it as it was then.',
    reading: 'Reading the log …',
    unreadable: 'The log in this page can not be read',
  },
};
