import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { page, renderAt } from '../testing/render';
import { json, liu, serve, signedIn } from '../testing/server';
import InstancePage from './InstancePage';

const at = '2026-10-03T02:14:00+08:00';
const instance = {
  id: 'i1',
  definitionId: 'air',
  definitionVersion: 3,
  definitionName: '空气站报警',
  status: 'faulted',
  isStalled: false,
  isStopped: true,
  revision: 4,
  startedAt: at,
  updatedAt: at,
  input: {},
  variables: { pm25: 180.5 },
  output: {},
  activities: [{ number: 2, activityId: 'call', type: 'Elsa.SendHttpRequest', name: 'call', isFaulted: true, variables: {} }],
  waits: [{ number: 3, activityId: 'call', kind: 'effect', key: '2', createdAt: at }],
  incidents: [
    { id: 5, at, activityId: 'old', message: 'was broken', isOpen: false, decision: 'retry', decidedBy: { userId: 'u', name: '何敏' }, reason: '线路已修复' },
    { id: 7, at, activityId: 'call', message: 'no line', isOpen: true },
  ],
  effects: [{ number: 2, kind: 'http', state: 'pending', attempts: 3, nextAt: at, lastError: 'refused' }],
};
const routes = { 'GET /api/v1/clock': signedIn['GET /api/v1/clock']!, 'GET /api/v1/instances/i1': () => json(instance) };
const open = () => renderAt('/instances/i1', page('/instances/:id', <InstancePage />));

it('shows an operator what runs, waits and failed, open incidents first, and cancels with a reason', async () => {
  const server = serve({
    ...routes,
    'GET /api/v1/me': () => json({ ...liu, permissions: ['operate'] }),
    'POST /api/v1/instances/i1/cancel': () => json({}),
  });
  open();

  const [first, second] = await screen.findAllByTestId('incident-row');
  expect(first?.textContent).toContain('no line');
  expect(second?.textContent).toContain('已重试 · 何敏 · 线路已修复');
  expect(within(second!).queryByRole('button')).toBeNull();
  screen.getByText('在处理故障之前不再接受任何事件');
  screen.getByText(/"pm25": 180.5/);
  await userEvent.click(await screen.findByRole('button', { name: '取消实例' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText('原因'), '误报');
  await userEvent.click(within(dialog).getByRole('button', { name: '取消实例' }));

  await screen.findByText('已取消');
  expect(server.sent('POST', '/cancel').map((call) => call.body)).toEqual([{ reason: '误报' }]);
});

it('offers nothing to do to those who only read', async () => {
  serve({ ...routes, 'GET /api/v1/me': signedIn['GET /api/v1/me']! });
  open();

  await screen.findByText('no line');
  expect(screen.queryByRole('button', { name: '重试' })).toBeNull();
  expect(screen.queryByRole('button', { name: '取消实例' })).toBeNull();
});
