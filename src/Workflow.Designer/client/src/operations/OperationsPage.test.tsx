import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { page, renderAt } from '../testing/render';
import { json, liu, problem, serve, signedIn } from '../testing/server';
import OperationsPage from './OperationsPage';

const instanceId = '0199e000000070008000000000000001';
const operator = { ...signedIn, 'GET /api/v1/me': () => json({ ...liu, permissions: ['read-tasks', 'operate'] }) };

const status = {
  at: '2026-10-03T02:21:19+08:00',
  version: '0.1.0',
  queue: { length: 2, capacity: 4096, commands: 120, bursts: 118, transactions: 90, failedTransactions: 0, lostRaces: 0, batchSizes: [1, 3], latencyP50Ms: 3.14, latencyP99Ms: 182.6 },
  timers: { overdue: 1, lagSeconds: 65 },
  outbox: { pending: 0, ageSeconds: 0, dead: 1 },
  openIncidents: 1,
  database: { provider: 'sqlite', sizeBytes: 12_900_000, freeBytes: 5_368_709_120, minFreeBytes: 536_870_912 },
};
const incident = { instanceId, number: 7, definitionId: 'air', activityId: 'call', message: 'no line', at: '2026-10-03T02:14:00+08:00', isOpen: true };
const letter = {
  id: `${instanceId}-3`,
  instanceId,
  definitionId: 'sends',
  kind: 'start-child',
  attempts: 1,
  lastError: 'expected a published workflow',
  createdAt: '2026-10-03T02:14:00+08:00',
};
const node = { name: 'city-1', address: 'http://10.0.0.5:5080', version: '0.1.0+4cec2d39129e37b2', startedAt: status.at, seenAt: status.at, seenSecondsAgo: 1, isGone: false, isThis: true };

const routes = {
  ...operator,
  'GET /api/v1/operations/status': () => json(status),
  'GET /api/v1/incidents': () => json({ items: [incident] }),
  'GET /api/v1/operations/stuck': () =>
    json({
      items: [
        {
          id: instanceId,
          definitionId: 'air',
          definitionVersion: 1,
          status: 'running',
          startedAt: status.at,
          updatedAt: status.at,
          reasons: [
            { by: 'effect', since: status.at, message: 'refused' },
            { by: 'timer', since: status.at },
          ],
        },
      ],
    }),
  'GET /api/v1/operations/dead-letters': () => json({ items: [letter] }),
  [`GET /api/v1/operations/dead-letters/${letter.id}`]: () => json({ ...letter, payload: { definitionId: 'not-there' } }),
  'GET /api/v1/operations/nodes': () => json({ items: [node, { ...node, name: 'city-2', seenSecondsAgo: 90, isGone: true, isThis: false }] }),
};
const open = (address = '/operations') => renderAt(address, page('/operations', <OperationsPage />));

describe('the operations page', () => {
  it('shows how the server is in words and units of people', async () => {
    serve(routes);
    open();

    const tile = async (id: string) => (await screen.findByTestId(`status-${id}`)).textContent;
    expect(await tile('queue')).toContain('2 / 4096');
    expect(await tile('latency')).toContain('3.1 / 183 毫秒');
    expect(await tile('timers')).toContain('最久滞后 1 分 5 秒');
    expect(await tile('database')).toContain('12.3 MB');
    expect(await tile('disk')).toContain('5.0 GB');
    expect(screen.getByTestId('status-dead').className).toContain('alarming');
    expect(screen.getByTestId('status-outbox').className).not.toContain('alarming');
    expect(screen.getByRole('tab', { name: '死信 1' })).toBeTruthy();
  });

  it('says that nothing new starts while the disk is low', async () => {
    serve({ ...routes, 'GET /api/v1/operations/status': () => json({ ...status, database: { ...status.database, minFreeBytes: 6_442_450_944 } }) });
    open();

    const tile = await screen.findByTestId('status-disk');

    expect(tile.className).toContain('alarming');
    expect(tile.textContent).toContain('不足 6.0 GB：暂不启动新流程');
  });

  it('skips an incident with an outcome and a reason', async () => {
    const server = serve({ ...routes, [`POST /api/v1/instances/${instanceId}/incidents/7/decision`]: () => json({}) });
    open();

    await userEvent.click(await screen.findByRole('button', { name: '跳过' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('结果'), 'Done ');
    await userEvent.type(within(dialog).getByLabelText('原因'), '线路已修复');
    await userEvent.click(within(dialog).getByRole('button', { name: '跳过' }));

    await screen.findByText('已跳过');
    const [sent] = server.sent('POST', '/decision');
    expect(sent?.body).toEqual({ decision: 'skip', outcome: 'Done', reason: '线路已修复' });
    expect(sent?.key).toBeTruthy();
    expect(server.sent('GET', '/incidents').length).toBeGreaterThan(1);
  });

  it('asks for a reason before it gives something up, and says what the server found', async () => {
    const server = serve({ ...routes, [`POST /api/v1/instances/${instanceId}/incidents/7/decision`]: () => problem(409, 'already-decided') });
    open();

    await userEvent.click(await screen.findByRole('button', { name: '放弃' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: '放弃' }));
    await within(dialog).findByText('请填写原因');
    expect(server.sent('POST', '/decision')).toEqual([]);

    await userEvent.type(within(dialog).getByLabelText('原因'), '不再需要');
    await userEvent.click(within(dialog).getByRole('button', { name: '放弃' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('这个故障已有人处理');
  });

  it('shows what a dead letter was to do, retries and discards it', async () => {
    const done = () => json({ id: letter.id });
    const server = serve({
      ...routes,
      [`POST /api/v1/operations/dead-letters/${letter.id}/retry`]: done,
      [`POST /api/v1/operations/dead-letters/${letter.id}/discard`]: done,
    });
    open('/operations?list=dead-letters');

    await userEvent.click(await screen.findByText('查看内容'));
    await screen.findByText(/not-there/);
    await userEvent.click(screen.getByRole('button', { name: '重试' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '重试' }));
    await screen.findByText('已重新投递');
    await userEvent.click(screen.getByRole('button', { name: '丢弃' }));
    await userEvent.type(within(await screen.findByRole('dialog')).getByLabelText('原因'), '已人工办理');
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '丢弃' }));
    await screen.findByText('已丢弃');

    expect(server.sent('POST', '/retry').map((call) => call.body)).toEqual([{}]);
    expect(server.sent('POST', '/discard').map((call) => call.body)).toEqual([{ reason: '已人工办理' }]);
    expect(server.sent('GET', `/${letter.id}`)).toHaveLength(1);
  });

  it('says what holds an instance up, and which servers are gone', async () => {
    serve(routes);
    const first = open('/operations?list=stuck');
    const row = await screen.findByTestId('stuck-row');
    expect(row.textContent).toContain('投递失败：refused');
    expect(row.textContent).toContain('定时到期未触发');
    expect(within(row).getByRole('link').getAttribute('href')).toBe(`/instances/${instanceId}`);
    first.unmount();

    await i18next.changeLanguage('en');
    open('/operations?list=nodes');
    const [here, gone] = await screen.findAllByTestId('node-row');
    expect(here?.textContent).toContain('This oneAlive');
    expect(here?.textContent).toContain('http://10.0.0.5:5080 · Version 0.1.0+4cec2d3started');
    expect(gone?.textContent).toContain('seen 1 min 30 s agoGone');
  });

  it('is not for others', async () => {
    const server = serve({ ...routes, ...signedIn });
    open();

    await screen.findByText('你没有使用此页面的权限');
    expect(server.sent('GET', '/status')).toEqual([]);
  });
});
