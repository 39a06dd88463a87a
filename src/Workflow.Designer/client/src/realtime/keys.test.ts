import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { keys } from '../api/queries';
import { queryKeyOf } from './keys';

it.each([
  ['tasks', keys.tasks('visible', 'open', {}), true],
  ['task:7', keys.task('7'), true],
  ['task:7', keys.timeline('7'), true],
  ['task:7', keys.task('8'), false],
  ['task:7', keys.tasks('visible', 'open', {}), false],
  ['work-items', keys.workItems('todo', {}), true],
  ['notices', keys.notices, true],
  ['notices', keys.noticeCount, true],
  ['work-item:a:b', keys.workItem('a:b'), true],
])('The change %s concerns %j: %s', async (change, queryKey, concerned) => {
  const client = new QueryClient();
  client.setQueryData(queryKey, {});

  await client.invalidateQueries({ queryKey: queryKeyOf(change) });

  expect(client.getQueryState(queryKey)?.isInvalidated).toBe(concerned);
});
