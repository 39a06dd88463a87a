import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { card, json, liu, noAnswer, problem, serve, signedIn, workItem } from '../../testing/server';
import { page, renderAt } from '../../testing/render';
import { clearDraft, readDraft, saveDraft } from './draft';
import WorkItemPage from './WorkItemPage';

const item = 'GET /api/v1/work-items/item-1';
const completion = 'POST /api/v1/work-items/item-1/completion';
const open = () => renderAt('/work-items/item-1', page('/work-items/:id', <WorkItemPage />));
const concentration = () => screen.findByLabelText('现场浓度');

describe('a work item that I claimed', () => {
  it('is completed with the form and one press, and its draft is forgotten', async () => {
    let done = false;
    const server = serve({
      ...signedIn,
      [item]: () => json(done ? workItem({ card: card({ state: 'done', canClaim: false }), outcome: 'FalseAlarm', values: { pm25: 60 } }) : workItem()),
      [completion]: () => ((done = true), json({ revision: 4 })),
    });
    open();

    await userEvent.type(await concentration(), '60');
    expect(readDraft(liu.userId, 'item-1')).toMatchObject({ pm25: 60 });
    await userEvent.click(screen.getByRole('button', { name: '误报' }));

    await screen.findByText('结论：误报');
    expect(server.sent('POST', '/completion')).toMatchObject([{ body: { revision: 3, outcome: 'FalseAlarm', values: { pm25: 60 } } }]);
    expect(screen.getByText('现场浓度')).toBeTruthy();
    expect(readDraft(liu.userId, 'item-1')).toEqual({});
  });

  it('is not sent while something required is missing', async () => {
    const server = serve({ ...signedIn, [item]: () => json(workItem({ evidenceRequired: { photo: 1 } })) });
    open();

    await userEvent.click(await screen.findByRole('button', { name: '完成' }));

    await screen.findByText('请填写「现场浓度」');
    expect(screen.getByText('还差 1 份照片')).toBeTruthy();
    expect(screen.getByText('照片 0/1')).toBeTruthy();
    expect(server.sent('POST', '/completion')).toEqual([]);
  });

  it('keeps a half-filled form over a reload', async () => {
    serve({ ...signedIn, [item]: () => json(workItem()) });
    saveDraft(liu.userId, 'item-1', { pm25: 138.4, note: '土方未覆盖' });
    open();

    expect(((await concentration()) as HTMLInputElement).value).toBe('138.4');
    expect((screen.getByLabelText('现场情况') as HTMLTextAreaElement).value).toBe('土方未覆盖');
    clearDraft(liu.userId, 'item-1');
  });

  it('shows the server\'s objection at the field', async () => {
    serve({
      ...signedIn,
      [item]: () => json(workItem()),
      [completion]: () => problem(422, 'invalid-values', [{ pointer: '/values/pm25', expected: '0 到 1000', found: '2000' }]),
    });
    open();

    await userEvent.type(await concentration(), '2000');
    await userEvent.click(screen.getByRole('button', { name: '完成' }));

    expect((await screen.findByText('应为 0 到 1000，实际是 2000')).closest('.ant-form-item')?.textContent).toContain('现场浓度');
  });

  it('says for whom I stand in', async () => {
    serve({ ...signedIn, [item]: () => json(workItem({ card: card({ state: 'claimed', canClaim: false, canComplete: true, standingInFor: { userId: 'u-wang', name: '王芳' } }) })) });
    open();

    await screen.findByText('代 王芳 办理');
  });

  it('is sent again under the same key when no answer came', async () => {
    let answers = 0;
    const server = serve({ ...signedIn, [item]: () => json(workItem()), [completion]: () => (answers++ === 0 ? noAnswer() : json({ revision: 4 })) });
    open();

    await userEvent.type(await concentration(), '60');
    await userEvent.click(screen.getByRole('button', { name: '完成' }));
    await screen.findByText(/网络不通，没有收到结果/);
    await userEvent.click(screen.getByRole('button', { name: '完成' }));

    await waitFor(() => expect(server.sent('POST', '/completion')).toHaveLength(2));
    const [first, second] = server.sent('POST', '/completion');
    expect(first?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toEqual(first);
  });
});

describe('a work item that is offered', () => {
  it('says in plain words that someone else was faster, and shows who', async () => {
    let taken = false;
    serve({
      ...signedIn,
      [item]: () =>
        json(workItem({ card: taken ? card({ state: 'claimed', canClaim: false, claimedBy: { userId: 'w', name: '王建国' } }) : card() })),
      'POST /api/v1/work-items/item-1/claim': () => ((taken = true), problem(409, 'revision-changed')),
    });
    open();

    await userEvent.click(await screen.findByRole('button', { name: '签收' }));

    await screen.findByText(/别人先办了一步/);
    await screen.findByText('王建国 已签收，正在办理');
    expect(screen.queryByRole('button', { name: '签收' })).toBeNull();
  });

  it('counts down to its due time on the server\'s clock', async () => {
    serve({ ...signedIn, [item]: () => json(workItem({ card: card() })) });
    open();

    await waitFor(() => expect(screen.getByRole('timer').textContent).toMatch(/^02:34 前响应 · 剩 12:4[01]$/));
  });
});

it('A work item that cannot be seen says so instead of showing a broken page', async () => {
  serve({ ...signedIn, [item]: () => problem(404, 'unknown-work-item') });
  open();

  await screen.findByText('没有找到，或你无权查看');
});
