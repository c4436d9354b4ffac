import { expect, test } from 'vitest';
import { readSchedule } from '../../../../src/cluster/objects/schedule/parse-schedule.ts';

test.each([
  ['', 'empty spec string'],
  ['bad', 'expected exactly 5 fields, found 1: [bad]'],
  ['* * * *  * *', 'expected exactly 5 fields, found 6: [* * * * * *]'],
  ['61 * * * *', 'end of range (61) above maximum (59): 61'],
  ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
  ['5-2 * * * *', 'beginning of range (5) beyond end of range (2): 5-2'],
  ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
  ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
  ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
  ['@never', 'unrecognized descriptor: @never'],
  ['@every soon', 'failed to parse duration @every soon: time: invalid duration "soon"'],
])('%j is no schedule: %s', (text, problem) => {
  expect(readSchedule(text)).toEqual({ problem });
});

test('empty parts of a list are nothing', () => {
  expect(readSchedule('1,,3 * * * *')).toMatchObject({ minutes: [1, 3] });
});
