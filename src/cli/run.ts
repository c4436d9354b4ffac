import type { World } from '../cluster/world/world.ts';
import { commits } from '../kernel/run/run.ts';
import { printable } from '../report/printable.ts';
import { trafficLines } from '../report/traffic-lines.ts';
import { logHeaderOf } from '../scenario/log-header.ts';
import { startScenario } from '../scenario/play.ts';
import { wordsIn } from '../words/words-in.ts';
import { EXIT } from './exit.ts';
import { createLogFile } from './log-file.ts';
import { openScenario } from './open-scenario.ts';
import { readScenarioFiles } from './scenario-files.ts';
import { PRODUCT_VERSION } from './version.ts';
import { tellBeside } from './write-out.ts';

export interface RunOptions {
  readonly output?: string;
  readonly seed?: string;
  readonly lang: string;
}

/** `kubereel run`: runs a scenario to its end, prints only what was missed, and how it ended. */
export function runCommand(what: string, { output, seed, lang }: RunOptions): number {
  const { told } = wordsIn(lang);
  const scenario = openScenario(readScenarioFiles(what), tellBeside);
  const chosen = seed ?? scenario.settings.seed;
  const file =
    output === undefined ? undefined : createLogFile(output, logHeaderOf(scenario, chosen, PRODUCT_VERSION));
  let passed = false;
  let count = 0;
  const run = startScenario(scenario, { seed: chosen });
  for (const commit of commits(run)) {
    file?.append(commit);
    count += commit.length;
    for (const { event } of commit) {
      if (event.type === 'ExpectationMissed' || event.type === 'InvariantBroken') {
        process.stdout.write(
          printable(
            `${told.missed('step' in event ? event.step : undefined, event.what)}\n${indented(event.why)}\n`,
          ),
        );
      }
      if (event.type === 'NoticeGiven') {
        process.stderr.write(printable(`${told.note(event.about, event.message)}\n`));
      }
      if (event.type === 'ScenarioEnded') passed = event.passed;
    }
  }
  file?.close();
  for (const line of trafficSummary(run.world)) process.stdout.write(printable(`${line}\n`));
  const written = output === undefined ? '' : ` -> ${output}`;
  process.stdout.write(
    printable(`${told.ran(scenario.name, { passed, entries: count, seed: chosen })}${written}\n`),
  );
  return passed ? EXIT.ok : EXIT.missed;
}

/** What became of all requests of each client. */
function trafficSummary({ store, seq }: World): readonly string[] {
  return [...store.tables.traffic.keysBy('all', '', seq)].flatMap((client) => {
    const row = store.tables.traffic.read(client, seq);
    return row ? trafficLines(client, row.told.totals) : [];
  });
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
