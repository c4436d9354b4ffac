import { closeSync, openSync, writeSync } from 'node:fs';
import type { Reporter, SuiteReport, TimedResult } from '../../suite/report.ts';
import { isReporterName, REPORTER_NAMES, reporterNamed } from '../../suite/reporters/reporter-named.ts';
import type { Words } from '../../words/words.ts';
import { BadInput } from '../exit.ts';

/** Reporters, each with the place that it writes to. */
export interface Outputs {
  ended(result: TimedResult): void;
  end(report: SuiteReport): void;
}

/** `pretty`, `junit=report.xml`: what has no file is written to standard output. Throws BadInput. */
export function openOutputs(asked: readonly string[], words: Words): Outputs {
  const outputs = asked.map((each) => outputOf(each, words));
  return {
    ended(result) {
      for (const { reporter, write } of outputs) {
        const text = reporter.ended?.(result);
        if (text !== undefined) write(text);
      }
    },
    end(report) {
      for (const { reporter, write, close } of outputs) {
        write(reporter.end(report));
        close();
      }
    },
  };
}

interface Output {
  readonly reporter: Reporter;
  readonly write: (text: string) => void;
  readonly close: () => void;
}

function outputOf(asked: string, words: Words): Output {
  const [, name = '', path] = /^([^=]*)(?:=(.+))?$/.exec(asked) ?? [];
  if (!isReporterName(name)) throw new BadInput(({ suite }) => suite.reporter(name, REPORTER_NAMES));
  if (path === undefined) {
    const reporter = reporterNamed(name, { words: words.suite, colour: hasColour() });
    return { reporter, write: (text) => process.stdout.write(text), close: () => {} };
  }
  const file = openSync(path, 'w');
  const reporter = reporterNamed(name, { words: words.suite, colour: false });
  return { reporter, write: (text) => writeSync(file, text), close: () => closeSync(file) };
}

/** no-color.org, force-color.org, and no colour where nobody looks. */
function hasColour(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return process.stdout.isTTY === true && TERM !== 'dumb';
}
