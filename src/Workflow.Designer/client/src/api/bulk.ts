import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, valueOf } from './client';
import { isUndecided } from './failure';
import { once } from './idempotency';
import type { components } from './schema';

export type BulkAnswers = components['schemas']['BulkAnswers'];
export type BulkCommand = components['schemas']['BulkCommand'];
type BulkWorkItems = components['schemas']['BulkWorkItems'];

/** One command on many items; each has its own answer. */
export function useBulk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BulkWorkItems) => once('work-items.bulk', body, (headers) => valueOf(api.POST('/api/v1/work-items/bulk', { body, headers }))),
    onSettled: async (_answers, failure) => {
      if (isUndecided(failure)) return;
      await Promise.all(['work-items', 'work-item', 'tasks', 'task'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
}
