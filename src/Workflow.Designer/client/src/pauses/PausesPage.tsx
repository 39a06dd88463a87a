import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, valueOf } from '../api/client';
import type { OddPauser, PauseRequest } from '../api/types';
import { reasonWords } from '../ui/outcomeWords';
import { Empty, Fetched } from '../ui/PageState';
import { useMoment } from '../ui/time';

const useRequests = () => useQuery({ queryKey: ['pauses', 'requests'], queryFn: ({ signal }) => valueOf(api.GET('/api/v1/pauses/requests', { signal })) });

const useOdd = () => useQuery({ queryKey: ['pauses', 'odd'], queryFn: ({ signal }) => valueOf(api.GET('/api/v1/pauses/odd', { signal })) });

/** How far back the server has looked. */
const daysOf = ({ from, to }: { from: string; to: string }): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** For supervisors: what waits for their decision, and whose pauses are worth a question. */
export default function PausesPage() {
  const { t } = useTranslation();
  const requests = useRequests();
  const odd = useOdd();
  return (
    <div>
      <h1 className="page-title">{t('pause.page')}</h1>
      <section aria-labelledby="pause-requests">
        <h2 className="section-title" id="pause-requests">
          {t('pause.requests')}
        </h2>
        <Fetched query={requests}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('pause.noRequests')} />
            ) : (
              <ul className="list">
                {items.map((request) => (
                  <Request key={request.workItemId} request={request} />
                ))}
              </ul>
            )
          }
        </Fetched>
      </section>
      <section aria-labelledby="pause-odd">
        <h2 className="section-title" id="pause-odd">
          {t('pause.odd')}
        </h2>
        <Fetched query={odd}>
          {(found) => (
            <>
              <p className="quiet">
                {t('pause.looked', { days: daysOf(found), count: Number(found.looked) })} {found.isCut && t('pause.cut')}
              </p>
              {found.people.length === 0 ? (
                <Empty title={t('pause.noOdd', { days: daysOf(found) })} />
              ) : (
                <ul className="list">
                  {found.people.map((person) => (
                    <Pauser key={`${person.person.userId}${person.teamId}`} odd={person} />
                  ))}
                </ul>
              )}
            </>
          )}
        </Fetched>
      </section>
    </div>
  );
}

function Request({ request }: { request: PauseRequest }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <li className="card" data-testid="pause-request">
      <p>
        <Link to={`/work-items/${request.workItemId}`}>
          {request.taskNumber} {request.subject}
        </Link>
      </p>
      <p>
        {reasonWords(t, request.reason)} · {request.by.name} · {request.team}
      </p>
      <p className="quiet small">{moment(request.at)}</p>
    </li>
  );
}

function Pauser({ odd }: { odd: OddPauser }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const marks = {
    aroundClosing: t('pause.mark.aroundClosing', { count: Number(odd.aroundClosing) }),
    manyShort: t('pause.mark.manyShort', { count: Number(odd.short) }),
    mostOfTeam: t('pause.mark.mostOfTeam', { percent: odd.sharePercent }),
  };
  return (
    <li className="card" data-testid="odd-pauser">
      <p>
        <strong>{odd.person.name}</strong> · {odd.team} · {t('pause.count', { count: Number(odd.pauses) })}
      </p>
      <p>
        {odd.marks.map((mark) => (
          <span key={mark} className="tag tag-warned">
            {marks[mark]}
          </span>
        ))}
      </p>
      <details>
        <summary>{t('pause.page')}</summary>
        <ul>
          {odd.items.map((pause) => (
            <li key={pause.workItemId + pause.from}>
              <Link to={`/work-items/${pause.workItemId}`}>{pause.taskNumber}</Link> {reasonWords(t, pause.reason)} · {moment(pause.from)} –{' '}
              {pause.to ? moment(pause.to) : t('pause.ongoing')}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
