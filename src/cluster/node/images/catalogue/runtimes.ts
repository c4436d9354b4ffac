import type { ProgramCall, ProgramDefinition } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';
import { releases } from './releases.ts';

/**
 * A program in a language of which the text is not read: it runs, and listens on what its pod declares. None
 * of these languages arranges for TERM by itself, so as PID 1 it takes no notice of it.
 */
const application = (calls: readonly ProgramCall[] = []): ProgramDefinition => ({
  startupMs: 300,
  listens: [{ port: 'declared', protocol: 'http' }],
  memory: [{ atMs: 0, bytes: mebibytes(40) }],
  calls: [...calls, { args: [], code: 0 }],
});

/** Text on the command line is not run either, and ends at once. */
const lines: ProgramDefinition = {
  exits: { afterMs: 0, code: 0, stderr: 'kubereel: what this text computes is not simulated\n' },
};

const version = (text: string): ProgramCall[] =>
  ['--version', '-v', '-V'].map((arg) => ({ args: [arg], stdout: `${text}\n`, code: 0 }));

const python = application(version('Python 3'));
const server: ProgramDefinition = {
  startupMs: 200,
  listens: [
    {
      port: { argument: true, default: 8000 },
      protocol: 'http',
      answers: [{ directory: { root: '', index: 'index.html' } }],
      accessLog: '{client} - - [{clf}] "{method} {path} HTTP/1.1" {status} -\n',
      accessLogStream: 'stderr',
    },
  ],
};

/** As the documentation's Job computes it: `print bpi(2000)`. */
const perl: ProgramDefinition = {
  calls: [
    { args: ['-Mbignum=bpi', '-wle', '*'], prints: 'pi', code: 0, cpuMs: 4200 },
    ...version('This is perl 5'),
  ],
  exits: lines.exits ?? { afterMs: 0, code: 0 },
};

interface Runtime {
  readonly repositories: readonly string[];
  readonly versions: string;
  readonly mebibytes: number;
  readonly cmd: readonly string[];
  readonly programs: Readonly<Record<string, ProgramDefinition>>;
}

const runtime = (of: Runtime): CatalogueEntry => ({
  repositories: of.repositories,
  tags: releases(of.versions),
  image: {
    sizeBytes: mebibytes(of.mebibytes),
    cmd: of.cmd,
    userland: 'gnu',
    commands: ['curl'],
    programs: of.programs,
  },
});

const NUMBERS = '\\d{1,2}(\\.\\d{1,2}){0,2}';

/** Images of programming languages. */
export const runtimes: readonly CatalogueEntry[] = [
  runtime({
    repositories: ['python', 'pypy'],
    versions: '[23](\\.\\d{1,2}){0,2}',
    mebibytes: 350,
    cmd: ['python3'],
    programs: {
      python,
      python3: python,
      'python -c': lines,
      'python3 -c': lines,
      'python -m': server,
      'python3 -m': server,
      pip: { exits: { afterMs: 3000, code: 0 } },
      gunicorn: application(),
      flask: application(),
    },
  }),
  runtime({
    repositories: ['node'],
    versions: `${NUMBERS}|lts|current|iron|jod|hydrogen`,
    mebibytes: 380,
    cmd: ['node'],
    programs: {
      node: application(version('v22.0.0')),
      'node -e': lines,
      npm: application(),
      npx: application(),
      yarn: application(),
    },
  }),
  runtime({
    repositories: ['perl'],
    versions: '5(\\.\\d{1,2}){0,2}',
    mebibytes: 350,
    cmd: ['perl', '-de0'],
    programs: { perl },
  }),
  runtime({
    repositories: ['ruby'],
    versions: NUMBERS,
    mebibytes: 360,
    cmd: ['irb'],
    programs: { ruby: application(), irb: lines, rails: application(), bundle: application() },
  }),
  runtime({
    repositories: ['golang'],
    versions: '1(\\.\\d{1,2}){0,2}|tip',
    mebibytes: 300,
    cmd: ['bash'],
    programs: { go: application() },
  }),
  runtime({
    repositories: ['openjdk', 'eclipse-temurin', 'amazoncorretto', 'maven', 'gradle'],
    versions: `${NUMBERS}[\\w.]*`,
    mebibytes: 220,
    cmd: ['jshell'],
    programs: {
      java: {
        ...application(version('openjdk')),
        startupMs: 2500,
        onSignal: { TERM: { code: 143, afterMs: 200 } },
      },
      jshell: lines,
      mvn: application(),
    },
  }),
  runtime({
    repositories: ['php'],
    versions: NUMBERS,
    mebibytes: 170,
    cmd: ['php', '-a'],
    programs: { php: application(), 'php-fpm': application(), 'apache2-foreground': application() },
  }),
  runtime({
    repositories: ['rust'],
    versions: '1(\\.\\d{1,2}){0,2}',
    mebibytes: 500,
    cmd: ['bash'],
    programs: { cargo: application() },
  }),
];
