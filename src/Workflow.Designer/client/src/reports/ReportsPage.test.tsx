import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { json, problem, serve, signedIn } from '../testing/server';
import { page, renderAt } from '../testing/render';
import ReportsPage from './ReportsPage';
import ReportTasksPage from './ReportTasksPage';

const report = 'GET /api/v1/reports/indicators';
const words = (text: string) => ({ zh: text, en: text });
const table = {
  report: 'indicators', from: '2026-10-01', to: '2026-10-03', timeZone: 'Asia/Shanghai', by: 'all', rows: [], total: { key: null, label: null, values: [7], title: null }, tasks: '/api/v1/reports/tasks?from=a&count={count}',
  columns: [{ name: 'raised', title: words('发起'), meaning: words('统计期内发起的任务'), unit: 'tasks', count: 'raised', of: null }],
};

it('shows what the server refuses of an address, and leads away from it', async () => {
  const server = serve({
    ...signedIn,
    'GET /api/v1/areas': () => json([]),
    [report]: ({ query }) => (query.get('team') === 'nobody' ? problem(422, 'input-invalid', [{ pointer: '/team', expected: 'the id of a team', found: "'nobody'" }]) : json(table)),
  });
  renderAt('/?team=nobody&from=garbage&lang=zh-CN', page('/', <ReportsPage />));

  expect((await screen.findByRole('alert')).textContent).toContain("team 应为 the id of a team，实际是 'nobody'");
  await userEvent.click(screen.getAllByRole('button', { name: '清除筛选' }).at(-1)!);

  await screen.findByRole('link', { name: '7' });
  expect(screen.getByRole('rowheader', { name: '发起' }).title).toBe('统计期内发起的任务');
  expect([...server.calls.at(-1)!.query.keys()]).toEqual([]);
});

it('asks for a day once it is whole and goes with the other end of the period', async () => {
  const server = serve({ ...signedIn, 'GET /api/v1/areas': () => json([]), [report]: () => json(table) });
  renderAt('/?from=2026-09-01&to=2026-10-01', page('/', <ReportsPage />));
  const from = await screen.findByLabelText(/^从/);
  const asked = () => server.calls.filter((call) => call.path.endsWith('/indicators')).map((call) => call.query.get('from'));
  const type = (day: string) => fireEvent.change(from, { target: { value: day } });

  type('0202-09-15');
  type('2026-11-01');
  await screen.findByText('开始要早于结束');
  type('2026-09-15');

  await screen.findByRole('link', { name: '7' });
  expect((from as HTMLInputElement).value).toBe('2026-09-15');
  expect(asked()).toEqual(['2026-09-01', '2026-09-15']);
});

it.each([
  ['pauses', '这里只统计这段时间内办结的任务。换一段时间，或清除筛选。'],
  ['durations', '换一段时间，或清除筛选。'],
])('says of an empty report %s which tasks count in it', async (name, hint) => {
  serve({ ...signedIn, 'GET /api/v1/areas': () => json([]), [`GET /api/v1/reports/${name}`]: () => json({ ...table, report: name, total: null }) });
  renderAt(`/?report=${name}`, page('/', <ReportsPage />));

  await screen.findByText(hint);
});

it('shows the year of a time of another year', async () => {
  const task = { id: 't-1', number: 'CD-2025-000001', subject: '扬尘', definitionName: '扬尘', startedAt: '2025-09-30T09:00:00+08:00' };
  serve({ ...signedIn, 'GET /api/v1/reports/tasks': () => json({ items: [task], total: 1, next: null }) });
  renderAt('/reports/tasks?count=raised', page('/reports/tasks', <ReportTasksPage />));

  await screen.findByText('2025年9月30日 09:00');
});
