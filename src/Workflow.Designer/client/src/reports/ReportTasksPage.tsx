import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { keys, pageSize } from '../api/queries';
import type { ReportTaskCard } from '../api/types';
import { Empty, Fetched, LoadMore } from '../ui/PageState';
import { useMoment } from '../ui/time';
import './reports.css';

/** Exactly the tasks that a figure has counted: the question stands in the address. */
export default function ReportTasksPage() {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const navigate = useNavigate();
  const { lang: _lang, ...asked } = Object.fromEntries(address);
  const query = useInfiniteQuery({
    queryKey: keys.reportTasks(asked),
    queryFn: ({ pageParam, signal }) =>
      valueOf(api.GET('/api/v1/reports/tasks', { params: { query: { ...asked, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  });
  return (
    <>
      <h1 className="page-title">{t('reports.tasks')}</h1>
      <Fetched query={query} onClear={() => void navigate('/reports')}>
        {({ pages }) =>
          pages[0]!.total === 0 ? (
            <Empty title={t('lists.nothing')} />
          ) : (
            <>
              <p className="quiet">{t('reports.counted', { count: Number(pages[0]!.total) })}</p>
              <div className="report-scroll" tabIndex={0} role="region" aria-label={t('reports.tasks')}>
                <table className="table">
                  <thead>
                    <tr>
                      {(['subject', 'answers', 'started', 'handlingDue', 'handled', 'due', 'ended'] as const).map((name) => (
                        <th scope="col" key={name}>
                          {t(`reports.column.${name}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {pages.flatMap((page) => page.items).map((task) => (
                      <Row key={task.id} task={task} />
                    ))}
                  </tbody>
                </table>
              </div>
              <LoadMore query={query} />
            </>
          )
        }
      </Fetched>
    </>
  );
}

function Row({ task }: { task: ReportTaskCard }) {
  const instant = useMoment();
  const moment = (time: string | null | undefined) => instant(time) || '–';
  return (
    <tr data-testid="report-task">
      <td>
        <Link to={`/tasks/${task.id}`}>{task.subject}</Link>
        <div className="quiet">
          <span className="number">{task.number}</span> · {task.definitionName}
        </div>
      </td>
      <td>
        {task.teamName ?? '–'}
        <div className="quiet">{task.personName}</div>
      </td>
      <td>{moment(task.startedAt)}</td>
      <td>{moment(task.handlingDue)}</td>
      <td>{moment(task.handlingEndedAt)}</td>
      <td>{moment(task.due)}</td>
      <td>{moment(task.endedAt)}</td>
    </tr>
  );
}
