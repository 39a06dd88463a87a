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

    expect((await screen.findByRole('alert', undefined, { timeout: 5_000 })).textContent).toContain('网络不通');
    online = true;
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    await screen.findByText('没有取到内容', undefined, { timeout: 5_000 });
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
});
