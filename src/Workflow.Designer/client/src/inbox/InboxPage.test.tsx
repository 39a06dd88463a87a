import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { card, json, noAnswer, problem, serve, signedIn } from '../testing/server';
import { page, renderAt } from '../testing/render';
import InboxPage from './InboxPage';

const list = 'GET /api/v1/work-items';
const open = () => renderAt('/', page('/', <InboxPage />));

describe('the inbox', () => {
  it('claims from the card in one tap', async () => {
    let claimed = false;
    const server = serve({
      ...signedIn,
      [list]: () => json({ items: [claimed ? card({ state: 'claimed', canClaim: false, canComplete: true, revision: 4 }) : card()] }),
      'POST /api/v1/work-items/item-1/claim': () => ((claimed = true), json({ revision: 4 })),
    });
    open();

    await userEvent.click(await screen.findByRole('button', { name: '签收' }));

    await screen.findByText('已签收：现场核实');
    expect(server.sent('POST', '/claim')).toMatchObject([{ body: { revision: 3 } }]);
    expect(within(await screen.findByTestId('work-item-card')).getByRole('link', { name: '办理' })).toBeTruthy();
  });

  it('says that there is nothing to do', async () => {
    serve({ ...signedIn, [list]: () => json({ items: [] }) });
    open();

    await screen.findByText('没有待办');
  });

  it('tells no network from a failing server', async () => {
    let online = false;
    serve({ ...signedIn, [list]: () => (online ? problem(500, 'internal') : noAnswer()) });
    open();

    expect((await screen.findByRole('alert')).textContent).toContain('网络不通');
    online = true;
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    await screen.findByText('没有取到内容');
  });

  it('shows a clock that stands still instead of a due time, unless it is late, for whatever is open, and for whom somebody stands in', async () => {
    serve({
      ...signedIn,
      [list]: () =>
        json({
          items: [
            card({ id: 'a', state: 'suspended', paused: true }),
            card({ id: 'b', state: 'suspended', paused: true, breached: true, due: '2026-10-03T02:00:00+08:00' }),
            card({ id: 'c', state: 'delegated', standingInFor: { userId: 'u-wang', name: '王芳' } }),
            card({ id: 'd', state: 'done' }),
          ],
        }),
    });
    open();

    const [paused, late, delegated, done] = (await screen.findAllByTestId('work-item-card')) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
    expect([within(paused).getByText('计时已暂停'), within(paused).getByText('已挂起')].length).toBe(2);
    expect(within(late).queryByText('计时已暂停')).toBeNull();
    expect(within(late).getByRole('timer').textContent).toContain('02:00');
    expect(within(delegated).getByRole('timer')).toBeTruthy();
    expect(within(done).queryByRole('timer')).toBeNull();
    expect([within(delegated).getByText('代 王芳 办理'), screen.queryAllByText(/代 .* 办理/).length]).toEqual([expect.anything(), 1]);
  });

  it('loads the next page by its cursor, and shows an item that moved onto it once', async () => {
    serve({
      ...signedIn,
      [list]: ({ query }) =>
        query.get('cursor') === 'c2' ? json({ items: [card(), card({ id: 'item-2', title: '研判来源' })] }) : json({ items: [card()], next: 'c2' }),
    });
    open();

    await userEvent.click(await screen.findByRole('button', { name: '载入更多' }));

    await screen.findByText('研判来源');
    expect(screen.getAllByTestId('work-item-card')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: '载入更多' })).toBeNull();
  });

  it('asks for the list and the filter that stand in the address, and shows how many there are', async () => {
    const server = serve({
      ...signedIn,
      [list]: () => json({ items: [] }),
      'GET /api/v1/work-items/counts': () => json({ lists: [{ list: 'todo', count: 1000, hasMore: true }, { list: 'team', count: 1000, hasMore: true }, { list: 'overdue', count: 3, hasMore: false }] }),
    });
    renderAt('/?list=overdue&priority=urgent&search=扬尘', page('/', <InboxPage />));

    await screen.findByText('没有符合条件的');
    await screen.findByRole('tab', { name: '待办 1000+' });
    expect((await screen.findByRole('tab', { name: '可签收 1000+' })).getAttribute('aria-selected')).toBe('false');
    expect(screen.getByRole('tab', { name: '超期 3' }).getAttribute('aria-selected')).toBe('true');
    const asked = server.calls.find((call) => call.path === '/api/v1/work-items')!.query;
    expect([asked.get('list'), asked.get('priority'), asked.get('search')]).toEqual(['overdue', 'urgent', '扬尘']);
    expect(server.calls.find((call) => call.path.endsWith('/counts'))!.query.get('search')).toBeNull();
  });

  it('claims all that is selected and says what was refused', async () => {
    const server = serve({
      ...signedIn,
      [list]: () => json({ items: [card(), card({ id: 'item-2', title: '研判来源' })] }),
      'POST /api/v1/work-items/bulk': () =>
        json({ items: [{ id: 'item-1', status: 200, revision: 4 }, { id: 'item-2', status: 409, problem: { type: '', title: '', status: 409, reason: 'revision-stale', traceId: '' } }] }),
    });
    open();

    for (const box of await screen.findAllByRole('checkbox')) await userEvent.click(box);
    await userEvent.click(screen.getByRole('button', { name: '批量签收' }));

    await screen.findByText('完成 1 项，未成 1 项');
    expect(screen.getByText(/^研判来源 CD-2026-000123: ./)).toBeTruthy();
    expect(server.sent('POST', '/bulk')).toMatchObject([{ body: { command: 'claim', items: [{ id: 'item-1', revision: 3 }, { id: 'item-2', revision: 3 }] } }]);
  });
});
