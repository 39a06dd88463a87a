import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { keys, pageSize, useMe } from '../api/queries';
import type { WorkItemList } from '../api/types';
import { FilterBar } from '../lists/FilterBar';
import { filterOf, isNarrowed, withFilter, withList, type ListFilter } from '../lists/filter';
import { usePolling } from '../realtime/Live';
import { Empty, Fetched, LoadMore } from '../ui/PageState';
import { useNarrow } from '../ui/media';
import { itemsOf } from '../ui/pages';
import { Tabs } from '../ui/Tabs';
import { Bulk, useSelection } from './Bulk';
import { WorkItemCards } from './WorkItemCards';
import { WorkItemTable } from './WorkItemTable';

const all = ['todo', 'mine', 'team', 'overdue', 'today', 'copied', 'open', 'done'] as const satisfies readonly WorkItemList[];

/** Whoever does not work on items looks at those of others. */
const watching = ['open', 'overdue', 'today', 'copied'] as const satisfies readonly WorkItemList[];

export default function InboxPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const me = useMe().data;
  const lists: readonly WorkItemList[] = me?.permissions.includes('work-on-items') === false ? watching : all;
  const standard = lists[0] ?? 'todo';
  const list = lists.find((one) => one === address.get('list')) ?? standard;
  const filter = filterOf(address);
  const counts = useCounts(filter);

  return (
    <div className="list-tabs">
      <h1 className="page-title">{t('inbox.title')}</h1>
      <Tabs<WorkItemList>
        label={t('inbox.lists')}
        selected={list}
        onSelect={(next) => setAddress(withList(address, 'list', next, standard), { replace: true })}
        tabs={lists.map((id) => ({ id, text: t(`inbox.list.${id}`), count: counts(id) }))}
      >
        <FilterBar
          of="work-items"
          filter={filter}
          withTeamKind
          sorts={list === 'done' || list === 'copied' ? [] : ['due', 'created', 'priority']}
          onChange={(change) => setAddress(withFilter(address, change), { replace: true })}
        />
        <Items list={list} filter={filter} key={list} />
      </Tabs>
    </div>
  );
}

/** Counts of the lists under a filter; the server does not count what is searched for. */
function useCounts(filter: ListFilter): (list: WorkItemList) => string | undefined {
  const { search: _search, sort: _sort, ...counted } = filter;
  const counts = useQuery({
    queryKey: keys.workItemCounts(counted),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/work-items/counts', { params: { query: counted }, signal })),
    refetchInterval: usePolling(),
  }).data;
  return (list) => {
    const found = counts?.lists.find((one) => one.list === list);
    return found && (found.hasMore ? `${found.count}+` : `${found.count}`);
  };
}

function Items({ list, filter }: { list: WorkItemList; filter: ListFilter }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const selection = useSelection();
  const query = useInfiniteQuery({
    queryKey: keys.workItems(list, filter),
    queryFn: ({ pageParam, signal }) =>
      valueOf(api.GET('/api/v1/work-items', { params: { query: { list, ...filter, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: usePolling(),
  });
  return (
    <Fetched query={query}>
      {({ pages }) => {
        const items = itemsOf(pages);
        if (items.length === 0) {
          if (isNarrowed(filter)) return <Empty title={t('lists.nothing')} hint={t('lists.nothingHint')} />;
          return list === 'todo' ? <Empty title={t('inbox.emptyTodo')} hint={t('inbox.emptyTodoHint')} /> : <Empty title={t('inbox.empty')} />;
        }
        return (
          <>
            <Bulk items={items} selection={selection} />
            {narrow ? <WorkItemCards items={items} selection={selection} /> : <WorkItemTable items={items} selection={selection} />}
            <LoadMore query={query} />
          </>
        );
      }}
    </Fetched>
  );
}
