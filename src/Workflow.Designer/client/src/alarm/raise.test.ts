import i18next from 'i18next';
import { expect, it } from 'vitest';
import type { AreaView } from '../api/types';
import { pathOf } from '../ui/failureWords';
import { areaWords } from './areaWords';
import { controlOf, inputsOf } from './inputTypes';

const { t } = i18next;
const area = (name: string, jurisdictionName: string, districtName: string): AreaView => ({ code: '1', name, kind: 'street', jurisdictionName, districtName });

it('A place says who manages it, and where it is coded when that differs', () => {
  expect(areaWords(t, area('桂溪街道', '高新区', '武侯区'))).toBe('桂溪街道 · 高新区（统计代码属武侯区）');
  expect(areaWords(t, area('锦官驿街道', '锦江区', '锦江区'))).toBe('锦官驿街道 · 锦江区');
  expect(areaWords(t, area('锦江区', '锦江区', '锦江区'))).toBe('锦江区');
});

it.each([
  ['Double', 'number'],
  ['double?', 'number'],
  ['System.Int32', 'integer'],
  ['Boolean', 'boolean'],
  ['DateTimeOffset', 'moment'],
  ['String', 'text'],
  ['Guid', 'text'],
])('An input of type %s is asked for as %s', (type, control) => {
  expect(controlOf({ type })).toBe(control);
});

it('Inputs leave out what is empty, and date-times are the city\'s', () => {
  const inputs = [
    { name: 'pm25', type: 'Double' },
    { name: 'station', type: 'String' },
    { name: 'repeat', type: 'Boolean' },
    { name: 'at', type: 'DateTimeOffset' },
  ];

  expect(inputsOf(inputs, { pm25: 0, station: '', repeat: false, at: '2026-10-03T02:10', other: 1 })).toEqual({
    pm25: 0,
    repeat: false,
    at: '2026-10-03T02:10:00+08:00',
  });
});

it.each([
  ['/inputs/pm25', ['inputs', 'pm25']],
  ['#/values/a~1b~0c', ['values', 'a/b~c']],
  ['', []],
])('The pointer %s is the path %j', (pointer, path) => {
  expect(pathOf(pointer)).toEqual(path);
});
