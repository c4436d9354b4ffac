import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/cluster/contract/event.ts';
import { commits } from '../../../src/kernel/run/run.ts';
import { expandScenario } from '../../../src/scenario/language/expand/expand-scenario.ts';
import { foretellOpening } from '../../../src/scenario/language/foretell-opening.ts';
import { startScenario } from '../../../src/scenario/play.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { bundledFiles, bundledScenario, scenarioNames, scenarioOf } from '../../support/play-scenario.ts';
import { SMALL_SCENARIO, scenarioText } from '../../support/scenario-folder.ts';

function foretold(files: Readonly<Record<string, string>>): readonly Event[] {
  return foretellOpening(expandScenario(files, 'scenario.yaml').source?.value);
}

/** So many of the first events that the story itself is made of. */
function toldBy(scenario: Scenario, count: number): readonly Event[] {
  const told: Event[] = [];
  for (const commit of commits(startScenario(scenario))) {
    for (const { event } of commit) {
      if (/^(?:ScenarioOpened|StepBegan|CommandTyped)$/.test(event.type)) told.push(event);
    }
    if (told.length >= count) break;
  }
  return told.slice(0, count);
}

describe('what is foretold of a scenario is what it then tells', () => {
  test.each(scenarioNames)('%s', (name) => {
    const events = foretold(bundledFiles(name));
    const [first] = bundledScenario(name).steps;
    expect(events.length).toBeGreaterThanOrEqual(first?.phase ? 1 : 2);
    expect(toldBy(bundledScenario(name), events.length)).toEqual(events);
  });

  test.each([
    ['a step that tells', SMALL_SCENARIO],
    ['a step that only types', scenarioText('steps: [{ run: kubectl get pods }]\n')],
    ['in the background', scenarioText('steps: [{ run: kubectl get pods -w, background: true }]\n')],
    ['a step that tells and types', scenarioText('steps: [{ say: Look., run: kubectl get pods }]\n')],
    ['a step that tells and waits', scenarioText('steps: [{ say: { ko: 봐 }, wait: 1s }]\n')],
    ['a step without words', scenarioText('steps: [{ wait: 1s }, { say: Later. }]\n')],
  ])('%s', (_name, text) => {
    const events = foretold({ 'scenario.yaml': text });
    expect(events[0]).toMatchObject({ type: 'ScenarioOpened', name: 'small' });
    expect(toldBy(scenarioOf({ 'scenario.yaml': text }), events.length)).toEqual(events);
  });
});

test.each([
  '',
  'x',
  'steps: []',
  'a: [',
  'metadata: { name: x }\nsteps: []',
  'metadata: { name: 1 }\nsteps: [{ say: x }]',
  'metadata: { name: x, title: { en: 1 } }\nsteps: [{ say: x }]',
  '- 1',
])('of %j nothing is foretold', (text) => {
  expect(foretold({ 'scenario.yaml': text })).toEqual([]);
});

test.each([
  ['metadata: { name: x }\nsteps: [null]', ['ScenarioOpened']],
  ['metadata: { name: x }\nsteps: [{ say: 1 }]', ['ScenarioOpened']],
  ['metadata: { name: x }\nsteps: [{ say: x, run: 1 }]', ['ScenarioOpened', 'StepBegan']],
])('of %j what is good is foretold', (text, types) => {
  expect(foretold({ 'scenario.yaml': text }).map(({ type }) => type)).toEqual(types);
});
