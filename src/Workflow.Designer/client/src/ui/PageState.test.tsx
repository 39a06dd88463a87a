import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ConnectionFailure } from '../api/failure';
import { Fetched } from './PageState';

const show = (data: object) =>
  render(
    <Fetched query={{ data, error: new ConnectionFailure(undefined), refetch: () => undefined }}>{() => <p>content</p>}</Fetched>,
  );

it('keeps what was received when a later fetch fails', () => {
  show({ pages: [{ items: [] }, { items: [1] }] });

  expect(screen.getByText('content')).toBeTruthy();
});

it.each([{ data: [] }, { data: { items: [] } }, { data: { pages: [{ items: [] }] } }])('does not say that there is nothing when nobody knows: %j', ({ data }) => {
  show(data);

  expect(screen.getByRole('alert').textContent).toContain('网络不通');
});
