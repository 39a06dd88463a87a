import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, valueOf } from './client';
import { isUndecided } from './failure';
import { once } from './idempotency';
import { keys } from './queries';
import type { CompleteWorkItem, RaiseTask, WorkItemCard } from './types';

/** What a command names of the item that the person saw. */
export type SeenItem = Pick<WorkItemCard, 'id' | 'taskId' | 'revision'>;

export const useClaim = () => useItemCommand((item: SeenItem) => revisionCommand('claim', item));

export const useRelease = () => useItemCommand((item: SeenItem) => revisionCommand('release', item));

export interface Completion extends SeenItem {
  outcome: string;
  values: CompleteWorkItem['values'];
}

export const useComplete = () =>
  useItemCommand(({ id, revision, outcome, values }: Completion) => {
    const body: CompleteWorkItem = { revision, outcome, ...(values ? { values } : {}) };
    return once(`work-item.${id}.completion`, body, (headers) =>
      valueOf(api.POST('/api/v1/work-items/{id}/completion', { params: { path: { id } }, body, headers })),
    );
  });

export interface ItemAction extends SeenItem {
  /** The last part of the route. */
  route: string;
  body: Record<string, unknown>;
}

/** The commands that need nothing but a route and a body. */
export const useItemAction = () =>
  useItemCommand(({ id, route, body }: ItemAction) =>
    once(`work-item.${id}.${route}`, body, (headers) =>
      // Every such route takes a body of its own and answers the same: the one named here stands for all of them.
      valueOf(
        api.POST(`/api/v1/work-items/{id}/${route}` as '/api/v1/work-items/{id}/comments', { params: { path: { id } }, body: body as { text: string }, headers }),
      ),
    ),
  );

export function useRaise() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: RaiseTask) => once('raise', body, (headers) => valueOf(api.POST('/api/v1/tasks', { body, headers }))),
    onSuccess: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  });
}

function revisionCommand(command: 'claim' | 'release', { id, revision }: SeenItem) {
  const body = { revision };
  const options = (headers: { 'Idempotency-Key': string }) => ({ params: { path: { id } }, body, headers });
  return once(`work-item.${id}.${command}`, body, (headers) =>
    command === 'claim'
      ? valueOf(api.POST('/api/v1/work-items/{id}/claim', options(headers)))
      : valueOf(api.POST('/api/v1/work-items/{id}/release', options(headers))),
  );
}

/** After a decided answer, yes or no, what is shown is fetched again: a no is mostly a race that was lost. */
function useItemCommand<Seen extends SeenItem, Result>(send: (item: Seen) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: async (_result, failure, item) => {
      if (!isUndecided(failure)) await refetchItem(client, item);
    },
  });
}

async function refetchItem(client: QueryClient, item: SeenItem): Promise<void> {
  await Promise.all([
    // Whatever item is on screen: a part of a joint sign shows the others.
    client.invalidateQueries({ queryKey: ['work-item'] }),
    client.invalidateQueries({ queryKey: keys.task(item.taskId) }),
    client.invalidateQueries({ queryKey: ['work-items'] }),
    client.invalidateQueries({ queryKey: ['tasks'] }),
  ]);
}
