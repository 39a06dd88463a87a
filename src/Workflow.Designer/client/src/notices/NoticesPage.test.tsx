import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { NoticeView } from '../api/types';
import { page, renderAt } from '../testing/render';
import { json, noAnswer, problem, serve, signedIn } from '../testing/server';
import { Bell } from './Bell';
import NoticesPage from './NoticesPage';

const list = 'GET /api/v1/notices';
const count = 'GET /api/v1/notices/count';

const open = () =>
  renderAt(
    '/notices',
    page(
      '/notices',
      <>
        <Bell />
        <NoticesPage />
      </>,
    ),
  );

const late: NoticeView = {
  id: 'task-1-7',
  kind: 'rung',
  taskId: 'task-1',
  taskNumber: 'CD-2026-000123',
  subject: '三瓦窑 PM2.5 突升',
  stage: 'handling',
  rung: 'late',
  priority: 'urgent',
  due: '2026-10-03T02:10:00+08:00',
  at: '2026-10-03T02:10:00+08:00',
  unread: true,
};

const offer: NoticeView = { ...late, id: 'task-2-9', kind: 'offer', taskId: 'task-2', workItemId: 'task-2-5', title: '现场核实', teamName: '桂溪网格', rung: 'duty-leader', at: '2026-10-03T02:00:00+08:00' };

describe('the notices', () => {
  it('say what of which task, lead there, and are seen when they are on screen', async () => {
    let seen = false;
    const server = serve({
      ...signedIn,
      [list]: () => json({ items: [late, offer] }),
      [count]: () => json({ count: seen ? 1 : 2, hasMore: false }),
      'PUT /api/v1/notices/seen': () => ((seen = true), json({ until: late.at })),
    });
    open();

    const [first, second] = (await screen.findAllByTestId('notice')) as [HTMLElement, HTMLElement];
    expect(within(first).getByRole('link', { name: '处置阶段：已到时限' }).getAttribute('href')).toBe('/tasks/task-1');
    expect(within(second).getByRole('link', { name: '现场核实：无人签收' }).getAttribute('href')).toBe('/work-items/task-2-5');
    expect(within(second).getByRole('link', { name: 'CD-2026-000123' }).getAttribute('href')).toBe('/tasks/task-2');
    expect(within(first).getByText('未读')).toBeTruthy();
    await screen.findByRole('link', { name: '消息，1 条未读' });
    expect(server.sent('PUT', '/seen')).toMatchObject([{ body: { until: late.at } }]);
  });

  it('page by the cursor, and say so when the next page fails', async () => {
    let works = false;
    serve({
      ...signedIn,
      [list]: ({ query }) => (!query.get('cursor') ? json({ items: [offer], next: 'c2' }) : works ? json({ items: [{ ...late, unread: false }] }) : problem(500, 'internal')),
      [count]: () => json({ count: 1000, hasMore: true }),
    });
    open();

    await screen.findByRole('link', { name: '消息，99+ 条未读' });
    await userEvent.click(await screen.findByRole('button', { name: '载入更多' }));
    await screen.findByRole('alert');
    works = true;
    await userEvent.click(screen.getByRole('button', { name: /载入更多/ }));
    await waitFor(() => expect(screen.getAllByTestId('notice')).toHaveLength(2));
  });

  it('are said to be none only when the server says so', async () => {
    let online = true;
    serve({ ...signedIn, [list]: () => (online ? json({ items: [] }) : noAnswer()), [count]: () => json({ count: 0, hasMore: false }) });
    const shown = open();
    await screen.findByText('没有消息');
    await screen.findByRole('link', { name: '消息' });
    shown.unmount();

    online = false;
    open();
    expect((await screen.findByRole('alert')).textContent).toContain('网络不通');
  });
});
