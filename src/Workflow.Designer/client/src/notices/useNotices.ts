import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, valueOf } from '../api/client';
import { keys, pageSize } from '../api/queries';
import type { NoticeView } from '../api/types';
import { usePolling } from '../realtime/Live';

export const useNotices = () =>
  useInfiniteQuery({
    queryKey: keys.notices,
    queryFn: ({ pageParam, signal }) => valueOf(api.GET('/api/v1/notices', { params: { query: { limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: usePolling(),
  });

export const useUnread = () =>
  useQuery({
    queryKey: keys.noticeCount,
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/notices/count', { signal })),
    refetchInterval: usePolling(),
  });

/** What is on screen has been seen: the bell forgets it. An offered item counts until it is opened. */
export function useSeeing(notices: readonly NoticeView[]): void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (until: string) => valueOf(api.PUT('/api/v1/notices/seen', { body: { until } })),
    // The list keeps its marks until it is fetched again: they say what is new to this visit.
    onSuccess: () => client.invalidateQueries({ queryKey: keys.noticeCount }),
  });
  const latest = notices.find((notice) => notice.kind === 'rung' && notice.unread)?.at;
  useEffect(() => {
    if (latest) mutate(latest);
  }, [latest, mutate]);
}
