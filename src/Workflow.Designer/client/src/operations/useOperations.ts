import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, valueOf } from '../api/client';
import { keys, pageSize } from '../api/queries';
import type { OperationsPart } from '../api/types';

/** Operators watch: what is shown is never older than this, whether the hub tells or not. */
export const everyMs = 5_000;

export const useStatus = () =>
  useQuery({
    queryKey: keys.operations('status'),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/operations/status', { signal })),
    refetchInterval: everyMs,
  });

export const useNodes = () =>
  useQuery({
    queryKey: keys.operations('nodes'),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/operations/nodes', { signal })),
    refetchInterval: everyMs,
  });

export const useIncidents = () =>
  usePages('incidents', (query, signal) => valueOf(api.GET('/api/v1/incidents', { params: { query }, signal })));

export const useStuck = () =>
  usePages('stuck', (query, signal) => valueOf(api.GET('/api/v1/operations/stuck', { params: { query }, signal })));

export const useDeadLetters = () =>
  usePages('dead-letters', (query, signal) => valueOf(api.GET('/api/v1/operations/dead-letters', { params: { query }, signal })));

function usePages<Page extends { next?: string | null | undefined }>(
  part: OperationsPart,
  read: (query: { limit: number; cursor?: string }, signal: AbortSignal) => Promise<Page>,
) {
  return useInfiniteQuery({
    queryKey: keys.operations(part),
    queryFn: ({ pageParam, signal }) => read({ limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: everyMs,
  });
}
