import { expect, it } from 'vitest';
import type { ReportTable } from '../api/types';
import { dayTyped, groupsOf, queryOf, tasksLink } from './report';

const column = { name: 'handling', title: { zh: '处置率', en: 'Handling rate' }, meaning: { zh: '', en: '' }, unit: 'share', count: 'handled', of: 'handlingDue' } as const;
const table = { tasks: '/api/v1/reports/tasks?from=a&by=category&count={count}&key={key}' } as ReportTable;

it('A figure leads to its tasks by the count and the key of its group', () => {
  expect(tasksLink(table, column, { key: '扬尘 源', values: [] })).toBe('/reports/tasks?from=a&by=category&count=handled&key=%E6%89%AC%E5%B0%98%20%E6%BA%90');
  expect(tasksLink(table, column, { key: null, values: [] })).toBe('/reports/tasks?from=a&by=category&count=handled&key=');
});

it('The total leads to the tasks of all groups, and what counts no tasks leads nowhere', () => {
  expect(tasksLink(table, column)).toBe('/reports/tasks?from=a&by=category&count=handled');
  expect(tasksLink({ ...table, tasks: '/api/v1/reports/tasks?from=a&count={count}&workTeam={key}' }, column)).toBe('/reports/tasks?from=a&count=handled');
  expect(tasksLink(table, { ...column, count: null })).toBeUndefined();
});

it('A group that the report does not have is not asked for', () => {
  const address = new URLSearchParams('report=work&by=category&from=2026-09-01&lang=en&area=');
  expect(queryOf(address, 'work')).toEqual({ from: '2026-09-01' });
  expect(queryOf(address, 'indicators')).toEqual({ from: '2026-09-01', by: 'category' });
  expect(groupsOf('pauses')).toEqual([]);
});

it('What no report knows is left to the server to refuse', () => {
  expect(queryOf(new URLSearchParams('by=moon&team=nobody&scorecard=jinniu'), 'work')).toEqual({ by: 'moon', team: 'nobody' });
  expect(queryOf(new URLSearchParams('scorecard=jinniu'), 'scorecard')).toEqual({ scorecard: 'jinniu' });
});

it('A day that is being typed is asked for when it is whole and goes with the other end', () => {
  expect(['0002-09-01', '0202-09-01', ''].map((day) => dayTyped('from', day, ''))).toEqual(['unfinished', 'unfinished', 'unfinished']);
  expect([dayTyped('from', '2026-09-01', ''), dayTyped('from', '2026-09-01', '2026-09-02'), dayTyped('to', '2026-09-02', '2026-09-01')]).toEqual(['right', 'right', 'right']);
  expect([dayTyped('from', '2026-09-02', '2026-09-02'), dayTyped('to', '2026-09-01', '2026-09-01'), dayTyped('to', '2026-08-01', '2026-09-01')]).toEqual(['wrong', 'wrong', 'wrong']);
});
