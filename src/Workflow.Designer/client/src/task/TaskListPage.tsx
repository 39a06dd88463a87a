import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { keys, pageSize } from '../api/queries';
import type { TaskFilter } from '../api/types';
import { usePolling } from '../realtime/Live';
import { Empty, Fetched, LoadMore } from '../ui/PageState';
import { useNarrow } from '../ui/media';
import { itemsOf } from '../ui/pages';
import { Tabs } from '../ui/Tabs';
import { TaskCards } from './TaskCards';
import { TaskTable } from './TaskTable';
import './task.css';

export default function TaskListPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('status');
  const filter: TaskFilter = asked === 'closed' || asked === 'all' ? asked : 'open';
  return (
    <>
      <h1 className="page-title">{t('tasks.title')}</h1>
      <Tabs<TaskFilter>
        label={t('tasks.filter')}
        selected={filter}
        onSelect={(next) => setSearch(next === 'open' ? {} : { status: next }, { replace: true })}
        tabs={[
          { id: 'open', text: t('tasks.open') },
          { id: 'closed', text: t('tasks.closed') },
          { id: 'all', text: t('tasks.all') },
        ]}
      >
        <Tasks filter={filter} key={filter} />
      </Tabs>
    </>
  );
}

function Tasks({ filter }: { filter: TaskFilter }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const query = useInfiniteQuery({
    queryKey: keys.tasks(filter),
    queryFn: ({ pageParam, signal }) =>
      valueOf(
        api.GET('/api/v1/tasks', { params: { query: { status: filter, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } }, signal }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: usePolling(),
  });
  return (
    <Fetched query={query}>
      {({ pages }) => {
        const tasks = itemsOf(pages);
        if (tasks.length === 0) return <Empty title={t('tasks.empty')} hint={t('tasks.emptyHint')} />;
        return (
          <>
            {narrow ? <TaskCards tasks={tasks} /> : <TaskTable tasks={tasks} />}
            <LoadMore query={query} />
          </>
        );
      }}
    </Fetched>
  );
}
