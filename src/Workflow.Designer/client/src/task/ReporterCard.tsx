import { useMutation } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, valueOf } from '../api/client';
import type { ReporterView, TaskView } from '../api/types';
import { failureWords } from '../ui/failureWords';
import { useMoment } from '../ui/time';

type Act = 'masked' | 'full' | 'erase';

/** Who reported the task, for the few who may know. Nothing is fetched before it is asked for, because every look is in the audit; nothing is kept in the cache. */
export function ReporterCard({ id, mark }: { id: string; mark: NonNullable<TaskView['reporter']> }) {
  const { t } = useTranslation();
  const call = useMutation({
    gcTime: 0,
    mutationFn: (act: Act) => {
      const params = { path: { id }, query: act === 'full' ? { full: true } : {} };
      return valueOf(
        act === 'erase' ? api.DELETE('/api/v1/tasks/{id}/reporter', { params: { path: { id } } }) : api.GET('/api/v1/tasks/{id}/reporter', { params }),
      );
    },
  });
  const seen = call.data;
  const readable = seen?.state !== 'erased' && seen?.state !== 'unreadable';
  return (
    <section className="card" aria-labelledby="task-reporter" data-testid="task-reporter">
      <h2 className="section-title" id="task-reporter">
        {t('reporter.title')} {mark.confidential && <span className="tag tag-breached">{t('reporter.confidential')}</span>}
      </h2>
      <p className="quiet small">{t('reporter.audited')}</p>
      {call.error && <p role="alert">{failureWords(t, call.error)}</p>}
      {seen && <Seen view={seen} />}
      <p className="pickers">
        {!seen && (
          <Button onClick={() => call.mutate('masked')} loading={call.isPending}>
            {t('reporter.look')}
          </Button>
        )}
        {seen?.masked && readable && (
          <Button onClick={() => call.mutate('full')} loading={call.isPending}>
            {t('reporter.full')}
          </Button>
        )}
        {seen && readable && mark.mayErase && (
          <Popconfirm title={t('reporter.eraseSure')} okText={t('reporter.erase')} cancelText={t('reporter.keep')} onConfirm={() => call.mutate('erase')}>
            <Button danger>{t('reporter.erase')}</Button>
          </Popconfirm>
        )}
      </p>
    </section>
  );
}

function Seen({ view }: { view: ReporterView }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { reporter } = view;
  return (
    <>
      {view.state === 'erased' && (
        <p role="status">{t('reporter.erasedBy', { name: view.erasedBy?.name ?? t('reporter.retention'), time: view.erasedAt ? moment(view.erasedAt) : '' })}</p>
      )}
      {view.state === 'unreadable' && <p role="status">{t('reporter.unreadable')}</p>}
      {reporter && (
        <dl className="values">
          {(['name', 'number', 'address', 'text'] as const).map(
            (name) =>
              reporter[name] && (
                <div key={name}>
                  <dt>{t(`reporter.${name}`)}</dt>
                  <dd>{reporter[name]}</dd>
                </div>
              ),
          )}
        </dl>
      )}
      <details>
        <summary>{t('reporter.looks', { count: view.looks.length })}</summary>
        <ul>
          {view.looks.map((look, index) => (
            <li key={`${look.at}-${index}`}>
              <time dateTime={look.at}>{moment(look.at)}</time> {look.by?.name ?? t('reporter.retention')} · {t(`reporter.act.${look.act}`)} {look.address}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
