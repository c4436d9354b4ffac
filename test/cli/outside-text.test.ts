import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../src/cluster/contract/event.ts';
import type { Entry } from '../../src/kernel/log/entry.ts';
import { writeLog } from '../support/log-files.ts';
import { podLog } from '../support/pod-log.ts';
import { ran } from '../support/run-program.ts';
import { createScratch } from '../support/scenario-folder.ts';

const scratch = createScratch();
const log = join(scratch.path, 'hostile.log');
const NAME = 'a\u001b[2Jb\u009b31mc\u202ed\u0007';

beforeAll(() => writeLog(log, hostileLog()));
afterAll(() => scratch.remove());

/** Whoever made this log put into names and texts what a terminal acts on. */
function hostileLog(): readonly Entry<Event>[] {
  const at = 2;
  const key = `/registry/configmaps/default/${NAME}`;
  const metadata = { name: NAME, namespace: 'default', labels: { [NAME]: NAME } };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [NAME]: NAME } };
  const events: readonly Event[] = [
    { type: 'StepBegan', step: 1, kind: 'say', text: { en: NAME }, told: true },
    { type: 'ObjectCreated', resource: 'configmaps', key, object },
    { type: 'ObjectUpdated', resource: 'configmaps', key, set: { [`/data/x${NAME}`]: NAME } },
  ];
  const first = podLog.slice(0, 2);
  return [
    ...first,
    ...events.map((event, index) => ({
      seq: first.length + index + 1,
      at,
      actor: NAME,
      key: NAME,
      cause: index === 0 ? null : first.length + index,
      event,
    })),
  ];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
const ACTED_ON = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

describe('what a log holds reaches no terminal as such', () => {
  test.each([
    ['log', []],
    ['log', ['--json']],
    ['log', ['--actor', NAME]],
    ['log', ['--name', `x${NAME}`]],
    ['state', []],
    ['state', ['--json']],
    ['state', ['cm']],
    ['state', ['cm', '-o', 'yaml']],
    ['state', ['cm', '-o', 'json']],
    ['state', ['cm', '-o', 'jsonpath={.items[*].data}']],
    ['state', [`cm/x${NAME}`]],
    ['state', ['-n', NAME]],
    ['diff', ['--at', '2']],
    ['diff', ['--at', '2', '--json']],
    ['diff', ['--at', '2', '--object', `cm/${NAME}`]],
    ['why', ['end']],
    ['why', [`cm/${NAME}`, '--json']],
    ['why', [`cm/x${NAME}`]],
    ['why', [`${NAME}/x`]],
    ['then', ['3']],
    ['then', ['3', '--json']],
    ['kubectl', ['--', 'describe', 'cm']],
    ['kubectl', ['--json', '--', 'get', 'cm', '-o', 'yaml']],
    ['kubectl', ['--', 'get', NAME]],
    ['kubectl', ['--', NAME]],
    ['log', [`--${NAME}`]],
    ['log', ['--limit', NAME]],
  ])('kubereel %s %j', async (command, args) => {
    const { stdout, stderr } = await ran(command, log, ...args);
    expect(`${stdout}${stderr}`).not.toBe('');
    expect(stdout).not.toMatch(ACTED_ON);
    expect(stderr).not.toMatch(ACTED_ON);
  });

  test('but programs read it as it is', async () => {
    const { stdout } = await ran('state', log, '--json');
    expect(JSON.parse(stdout).items[0].metadata.name).toBe(NAME);
  });
});

describe('the program speaks Korean', () => {
  test.each([
    [['log', '--lang', 'ko', '--help'], 0, '로그의 기록을 출력합니다'],
    [['--help', '--lang=ko'], 0, '시간 여행'],
    [['log', log, '--lang', 'ko', '--kind', 'pdo'], 2, '오브젝트 종류는 없습니다. 혹시 pdb?'],
    [['log', log, '--lang', 'ko', '--foo'], 2, "오류: 모르는 옵션입니다: '--foo'"],
    [['log', '--lang', 'ko'], 2, "인자가 빠졌습니다: 'log|scenario'"],
    [['stat', '--lang', 'ko'], 2, "모르는 명령입니다: 'stat'"],
    [['log', log, '--lang', 'ko', '--limit', '0'], 2, '0보다 큰 정수여야 합니다.'],
    [['then', log, 'soon', '--lang', 'ko'], 2, '"soon"이라는 시점이 없습니다.'],
    [['kubectl', log, '--lang', 'ko', '--', 'delete', 'cm', 'x'], 2, '지난 일은 읽을 수만 있고'],
    [
      ['play', 'livness-failure', '--lang', 'ko'],
      2,
      '시나리오 "livness-failure"은(는) 없습니다. 혹시 liveness-failure?',
    ],
    [['export', 'nothing.log', '--format', 'watch', '--lang', 'ko'], 2, '로그 nothing.log이(가) 없습니다'],
    [['run', 'nothing.yaml', '--lang', 'ko'], 2, '파일이나 폴더 nothing.yaml이(가) 없습니다'],
    [['kubectl', log, '--lang', 'ko'], 2, 'kubectl에 물을 것을 -- 뒤에 쓰세요'],
    [['why', log, 'end', '--lang', 'ko'], 0, '까닭: '],
    [['state', log, '--lang', 'ko', '--at', '99'], 2, '기록 99은(는) 없습니다. 처음은 1, 마지막은 5입니다'],
  ])('%j', async (args, code, says) => {
    const printed = await ran(...args);
    expect(printed.code).toBe(code);
    expect(`${printed.stdout}${printed.stderr}`).toContain(says);
  });
});
