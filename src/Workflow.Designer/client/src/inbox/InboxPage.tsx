import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { keys, pageSize, useMe } from '../api/queries';
import type { WorkItemList } from '../api/types';
import { usePolling } from '../realtime/Live';
import { Empty, Fetched, LoadMore } from '../ui/PageState';
import { useNarrow } from '../ui/media';
import { itemsOf } from '../ui/pages';
import { Tabs } from '../ui/Tabs';
import { WorkItemCards } from './WorkItemCards';
import { WorkItemTable } from './WorkItemTable';

export default function InboxPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const list: WorkItemList = search.get('list') === 'done' ? 'done' : 'todo';
  const permissions = useMe().data?.permissions ?? [];
  if (!permissions.includes('work-on-items') && permissions.includes('read-tasks')) return <Navigate to="/tasks" replace />;

  return (
    <>
      <h1 className="page-title">{t('inbox.title')}</h1>
      <Tabs<WorkItemList>
        label={t('inbox.lists')}
        selected={list}
        onSelect={(next) => setSearch(next === 'done' ? { list: next } : {}, { replace: true })}
        tabs={[
          { id: 'todo', text: t('inbox.todo') },
          { id: 'done', text: t('inbox.done') },
        ]}
      >
        <Items list={list} key={list} />
      </Tabs>
    </>
  );
}

function Items({ list }: { list: WorkItemList }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const query = useInfiniteQuery({
    queryKey: keys.workItems(list),
    queryFn: ({ pageParam, signal }) =>
      valueOf(api.GET('/api/v1/work-items', { params: { query: { list, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: usePolling(),
  });
  return (
    <Fetched query={query}>
      {({ pages }) => {
        const items = itemsOf(pages);
        if (items.length === 0) {
          return list === 'todo' ? <Empty title={t('inbox.emptyTodo')} hint={t('inbox.emptyTodoHint')} /> : <Empty title={t('inbox.emptyDone')} />;
        }
        return (
          <>
            {narrow ? <WorkItemCards items={items} /> : <WorkItemTable items={items} />}
            <LoadMore query={query} />
          </>
        );
      }}
    </Fetched>
  );
}
