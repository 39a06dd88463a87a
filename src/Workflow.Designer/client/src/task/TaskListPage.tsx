import { useInfiniteQuery } from '@tanstack/react-query';
import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { keys, pageSize } from '../api/queries';
import type { TaskFilter, TaskListName } from '../api/types';
import { FilterBar } from '../lists/FilterBar';
import { filterOf, isNarrowed, withFilter, withList, type ListFilter } from '../lists/filter';
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
  const [address, setAddress] = useSearchParams();
  const asked = address.get('status');
  const status: TaskFilter = asked === 'closed' || asked === 'all' ? asked : 'open';
  const list: TaskListName = address.get('list') === 'started' ? 'started' : 'visible';
  const filter = filterOf(address);
  return (
    <div className="list-tabs">
      <h1 className="page-title">{t('tasks.title')}</h1>
      <Tabs<TaskFilter>
        label={t('tasks.filter')}
        selected={status}
        onSelect={(next) => setAddress(withList(address, 'status', next, 'open'), { replace: true })}
        tabs={[
          { id: 'open', text: t('tasks.open') },
          { id: 'closed', text: t('tasks.closed') },
          { id: 'all', text: t('tasks.all') },
        ]}
      >
        <Checkbox
          className="list-mine"
          checked={list === 'started'}
          onChange={(event) => setAddress(withList(address, 'list', event.target.checked ? 'started' : 'visible', 'visible'), { replace: true })}
        >
          {t('tasks.started')}
        </Checkbox>
        <FilterBar
          of="tasks"
          filter={filter}
          sorts={status === 'open' ? ['created', 'due', 'priority'] : []}
          onChange={(change) => setAddress(withFilter(address, change), { replace: true })}
        />
        <Tasks list={list} status={status} filter={filter} key={`${list} ${status}`} />
      </Tabs>
    </div>
  );
}

function Tasks({ list, status, filter }: { list: TaskListName; status: TaskFilter; filter: ListFilter }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const query = useInfiniteQuery({
    queryKey: keys.tasks(list, status, filter),
    queryFn: ({ pageParam, signal }) =>
      valueOf(
        api.GET('/api/v1/tasks', { params: { query: { list, status, ...filter, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } }, signal }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: usePolling(),
  });
  return (
    <Fetched query={query}>
      {({ pages }) => {
        const tasks = itemsOf(pages);
        if (tasks.length === 0 && isNarrowed(filter)) return <Empty title={t('lists.nothing')} hint={t('lists.nothingHint')} />;
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
