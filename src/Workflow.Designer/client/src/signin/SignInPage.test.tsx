import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route } from 'react-router';
import { describe, expect, it } from 'vitest';
import { Shell } from '../shell/Shell';
import { json, liu, problem, serve, signedIn } from '../testing/server';
import { page, renderAt } from '../testing/render';
import { returnPath } from './returnPath';
import SignInPage from './SignInPage';

describe('signing in', () => {
  it('leads back to the page that was asked for', async () => {
    let known = false;
    const server = serve({
      ...signedIn,
      'GET /api/v1/me': () => (known ? json(liu) : problem(401, 'not-signed-in')),
      'POST /api/v1/session': ({ body }) => {
        known = (body as { password: string }).password === 'right';
        return known ? json(liu) : problem(401, 'wrong-credentials');
      },
    });
    renderAt(
      '/tasks/7',
      <>
        {page('/signin', <SignInPage />)}
        <Route element={<Shell />}>{page('/tasks/7', <h1>task seven</h1>)}</Route>
      </>,
    );

    await userEvent.type(await screen.findByLabelText('用户名'), 'liu');
    await userEvent.type(screen.getByLabelText('密码'), 'wrong');
    await userEvent.click(screen.getByRole('button', { name: '登录' }));
    await screen.findByText('用户名或密码不对');
    await userEvent.clear(screen.getByLabelText('密码'));
    await userEvent.type(screen.getByLabelText('密码'), 'right{Enter}');

    await screen.findByRole('heading', { name: 'task seven' });
    expect(server.sent('POST', '/session').map((call) => call.body)).toEqual([
      { userName: 'liu', password: 'wrong' },
      { userName: 'liu', password: 'right' },
    ]);
  });

  it.each([
    [null, '/'],
    ['/tasks/7?x=1', '/tasks/7?x=1'],
    ['https://elsewhere.example', '/'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['/signin?return=/', '/'],
  ])('with the return path %j goes to %s', (asked, path) => {
    expect(returnPath(asked)).toBe(path);
  });
});
