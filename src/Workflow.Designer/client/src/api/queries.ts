import { QueryCache, QueryClient, MutationCache, useQuery } from '@tanstack/react-query';
import { api, valueOf } from './client';
import { isUndecided, isUnauthorized, ProblemFailure } from './failure';
import type { Me, OperationsPart, Permission, TaskFilter, TaskListName, WorkItemList } from './types';

/** Query keys; a realtime key names a prefix of these (see realtime/keys.ts). */
export const keys = {
  me: ['me'] as const,
  clock: ['clock'] as const,
  definitions: ['definitions'] as const,
  areas: (search: string) => ['areas', search] as const,
  tasks: (list: TaskListName, status: TaskFilter, filter: object) => ['tasks', list, status, filter] as const,
  task: (id: string) => ['task', id] as const,
  timeline: (id: string) => ['task', id, 'timeline'] as const,
  tree: (id: string) => ['task', id, 'tree'] as const,
  order: (id: string) => ['task', id, 'order'] as const,
  workItems: (list: WorkItemList, filter: object) => ['work-items', list, filter] as const,
  workItemCounts: (filter: object) => ['work-items', 'counts', filter] as const,
  workItem: (id: string) => ['work-item', id] as const,
  receivers: (id: string, command: string, search: string) => ['receivers', id, command, search] as const,
  notices: ['notices', 'list'] as const,
  noticeCount: ['notices', 'count'] as const,
  savedFilters: ['saved-filters'] as const,
  report: (report: string, query: object) => ['report', report, query] as const,
  reportTasks: (query: object) => ['report', 'tasks', query] as const,
  operations: (part: OperationsPart) => ['operations', part] as const,
  deadLetter: (id: string) => ['dead-letter', id] as const,
  instance: (id: string) => ['instance', id] as const,
};

export const pageSize = 30;

/** Server state lives here and nowhere else. A 401 from any call empties `me`, and the shell then shows the sign-in page. */
export function createQueryClient(): QueryClient {
  const onError = (failure: unknown): void => {
    if (isUnauthorized(failure)) client.setQueryData(keys.me, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({
      onError: (failure, _variables, _context, mutation) => {
        if (mutation.options.mutationKey?.[0] !== 'sign-in') onError(failure);
      },
    }),
    defaultOptions: {
      // 'always': the browser's idea of being online is often wrong; a failed call says it better.
      queries: {
        networkMode: 'always',
        staleTime: 5_000,
        refetchOnReconnect: 'always',
        retry: (count, failure) => count < 1 && isUndecided(failure),
        retryDelay: 800,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}

/** The signed-in person; null when nobody is. */
export function useMe() {
  return useQuery({ queryKey: keys.me, queryFn: readMe, staleTime: 5 * 60_000 });
}

export function usePermission(permission: Permission): boolean {
  return useMe().data?.permissions.includes(permission) ?? false;
}

async function readMe({ signal }: { signal: AbortSignal }): Promise<Me | null> {
  try {
    return await valueOf(api.GET('/api/v1/me', { signal }));
  } catch (failure) {
    if (failure instanceof ProblemFailure && failure.status === 401) return null;
    throw failure;
  }
}
