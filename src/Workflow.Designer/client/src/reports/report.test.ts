import { expect, it } from 'vitest';
import type { ReportTable } from '../api/types';
import { groupsOf, queryOf, tasksLink } from './report';

const column = { name: 'handling', title: { zh: '处置率', en: 'Handling rate' }, unit: 'share', count: 'handled', of: 'handlingDue' } as const;
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
