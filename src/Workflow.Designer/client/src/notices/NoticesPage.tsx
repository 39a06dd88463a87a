import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import type { NoticeView } from '../api/types';
import { Marks, StageTag } from '../ui/Marks';
import { Empty, Fetched, LoadMore } from '../ui/PageState';
import { itemsOf } from '../ui/pages';
import { useMoment } from '../ui/time';
import { useNotices, useSeeing } from './useNotices';

export default function NoticesPage() {
  const { t } = useTranslation();
  const query = useNotices();
  return (
    <>
      <h1 className="page-title">{t('notices.title')}</h1>
      <Fetched query={query}>
        {({ pages }) => (
          <>
            <Notices notices={itemsOf(pages)} />
            <LoadMore query={query} />
          </>
        )}
      </Fetched>
    </>
  );
}

function Notices({ notices }: { notices: readonly NoticeView[] }) {
  const { t } = useTranslation();
  useSeeing(notices);
  if (notices.length === 0) return <Empty title={t('notices.empty')} hint={t('notices.emptyHint')} />;
  return (
    <ul className="list">
      {notices.map((notice) => (
        <Notice key={notice.id} notice={notice} />
      ))}
    </ul>
  );
}

function Notice({ notice }: { notice: NoticeView }) {
  const { t } = useTranslation();
  const momentOf = useMoment();
  const moment = (at: string) => <time dateTime={at}>{momentOf(at)}</time>;
  return (
    <li className={notice.unread ? 'card notice notice-unread' : 'card notice'} data-testid="notice">
      <p className="item-tags">
        {notice.unread && <span className="tag tag-urgent">{t('notices.unread')}</span>}
        <span className="tag">{t(`notices.kind.${notice.kind}`)}</span>
        <StageTag stage={notice.stage} />
        <Marks priority={notice.priority} />
      </p>
      <h2 className="item-title">
        <Link to={notice.workItemId ? `/work-items/${notice.workItemId}` : `/tasks/${notice.taskId}`}>{headline(t, notice)}</Link>
      </h2>
      <p>{notice.subject}</p>
      <p className="item-foot">
        <span>
          {moment(notice.at)}
          {notice.due && (
            <>
              {' · '}
              {t('notices.due')} {moment(notice.due)}
            </>
          )}
          {notice.teamName && ` · ${notice.teamName}`}
        </span>
        <Link className="notice-task number" to={`/tasks/${notice.taskId}`}>
          {notice.taskNumber}
        </Link>
      </p>
    </li>
  );
}

function headline(t: TFunction, notice: NoticeView): string {
  const what = notice.title ?? (notice.stage ? t('notices.of.stage', { stage: t(`stage.${notice.stage}`) }) : t('notices.of.task'));
  if (notice.kind === 'offer') return t('notices.offer', { what });
  if (!notice.due) return t('notices.rung', { what });
  return t(Date.parse(notice.at) < Date.parse(notice.due) ? 'notices.near' : 'notices.late', { what });
}
