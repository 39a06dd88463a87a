import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, valueOf } from '../api/client';
import { keys, pageSize } from '../api/queries';
import type { TimelineEntry } from '../api/types';
import { usePolling } from '../realtime/Live';
import { EvidenceList } from '../ui/EvidenceList';
import { Fetched, LoadMore } from '../ui/PageState';
import { itemsOf } from '../ui/pages';
import { useMoment } from '../ui/time';
import { ValuesList } from '../ui/ValuesList';
import { detailsOf, headlineOf, toneOf } from './timelineWords';

export function Timeline({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery({
    queryKey: keys.timeline(taskId),
    queryFn: ({ pageParam, signal }) =>
      valueOf(
        api.GET('/api/v1/tasks/{id}/timeline', {
          params: { path: { id: taskId }, query: { limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: usePolling(),
  });
  return (
    <Fetched query={query} rows={1}>
      {({ pages }) => {
        const entries = itemsOf(pages);
        if (entries.length === 0) return <p className="card quiet">{t('task.noTimeline')}</p>;
        return (
          <div className="card">
            <ol className="timeline">
              {entries.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </ol>
            <LoadMore query={query} />
          </div>
        );
      }}
    </Fetched>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const details = detailsOf(t, entry, moment);
  return (
    <li className={`timeline-entry timeline-${toneOf(entry)}`}>
      <p className="timeline-line">
        <strong>{headlineOf(t, entry)}</strong>
        <span className="quiet">
          {entry.actor?.name ?? t('timeline.system')} · <time dateTime={entry.at}>{moment(entry.at)}</time>
        </span>
      </p>
      {details.length > 0 && <p className="quiet">{details.join(' · ')}</p>}
      {/* The evaluation shows what the engine has measured and drawn, in words. */}
      {entry.kind !== 'effectMeasured' && entry.kind !== 'sampleDrawn' && <ValuesList values={entry.values} titles={entry.titles ?? {}} />}
      {entry.evidence && <EvidenceList evidence={[entry.evidence]} />}
    </li>
  );
}
