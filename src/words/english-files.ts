import type { FileWords } from './file-words.ts';

export const ENGLISH_FILES: FileWords = {
  reasons: {
    missing: 'there is no such file or folder',
    noFolder: 'a part of the path is not a folder',
    folder: 'it is a folder',
    denied: 'permission denied',
    readOnly: 'the file system is read-only',
    full: 'no space is left on the device',
    tooMany: 'too many files are open',
    loop: 'too many symbolic links lead on to each other',
    longName: 'the name is too long',
  },
  notOpened: (path, reason) => `cannot open${path === '' ? '' : ` ${path}`}: ${reason}`,
  notWritten: (path, reason) => `cannot write${path === '' ? '' : ` ${path}`}: ${reason}`,
  noSide: (path) => `there is no recording or log ${path}`,
  noneTagged: (tags) => `no scenario has the tag ${tags}: kubereel list shows which there are`,
  playedOnly: '--seed and --output are for a recording that is played: leave the log out',
  noLogFile: (path) => `there is no log ${path}`,
  noLog: (path) => `${path} is no log of kubereel: make one with kubereel run -o`,
  otherLog: (path) => `${path} is a log: name another one that it is compared with`,
  nothingTyped: (path) =>
    `${path} has no commands.txt: nobody knows what was typed. Name a log to compare with`,
  notPlayable: (path, why) => `${path} can not be played:\n${why}`,
  noFormat: (format) => `there is no format "${format}": the only one is watch`,
  damagedHead: (place, reason = 'the log is empty') =>
    `${place}: this is no log of kubereel, or its first line is damaged: ${reason}`,
  noTrace: (path) => `${path} holds no trace.ndjson: it is no recording of a cluster`,
  nothingImported: (paths) =>
    `${paths}: nothing of a cluster's past is in there; wanted what a watch, a dump or an audit writes`,
  moreDamage: (count) => `and ${count} more that could not be read`,
  imported: (path, entries) => `wrote ${path}: ${entries} entries; kubereel play ${path}`,
  importedScenario: (path, { applied, made }) =>
    `wrote ${path}: ${applied} objects are applied, ${made} are left to the cluster, which makes them itself`,
  emptyTrace: (path) => `${path} tells of no change`,
  neither: (path) => `${path} is neither a file nor a folder`,
  nothing: (path) => `there is no file or folder ${path}`,
  noScenario: (name, { meant, entry }) =>
    `there is no scenario "${name}".${meant === undefined ? '' : ` Did you mean ${meant}?`}\n` +
    `A scenario is a folder with a ${entry}, such a file, or a name that \`kubereel list\` shows.`,
  hasNo: (folder, { entry, below }) =>
    `${folder} has no ${entry}` +
    (below.length > 0
      ? `, but these folders in it do: ${below.join(', ')}`
      : `. If it holds manifests, these make one:\n\nsteps:\n  - run: kubectl apply -f .\n  - wait: 2m`),
  notScenario: (path) => `${path} is neither a scenario, in YAML, nor a log`,
  tooMuch: (folder, { files, bytes }) =>
    `${folder} holds too much for a scenario: at most ${files} files and ${bytes} bytes.\n` +
    'Put the scenario and its manifests into a folder of their own.',
  isThere: (path) => `${path} is there already: --force writes it anew`,
  chartNotRendered: (folder) =>
    `${folder} is a Helm chart: render it (helm template NAME ${folder} > rendered.yaml), and put that into a folder`,
  noManifests: (folder) => `there is no manifest of Kubernetes in ${folder}`,
  hasMistakes: (name) => `(has mistakes: kubereel run ${name} names them)`,
  atForPlayer: 'note: --at is for the player: a transcript begins at the beginning',
};
