import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskView } from '../api/types';
import { Marks, StageTag } from '../ui/Marks';
import { useMoment } from '../ui/time';
import { placeOf } from './place';

export function TaskHeader({ task }: { task: TaskView }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const time = (at: string) => <time dateTime={at}>{moment(at)}</time>;
  return (
    <header className="task-head">
      <p className="item-tags">
        <span className="number">{task.number}</span>
        <span className={task.status === 'open' ? 'tag tag-open' : 'tag'}>{t(`taskStatus.${task.status}`)}</span>
        {task.status === 'open' && <StageTag stage={task.stage} />}
        <Marks priority={task.priority} />
        {task.ordered && <span className="tag tag-breached">{t('joint.ordered')}</span>}
        {task.hiddenUntil && <span className="tag tag-breached">{t('task.hiddenUntil', { time: moment(task.hiddenUntil) })}</span>}
      </p>
      <h1>{task.subject}</h1>
      <dl className="facts">
        <div>
          <dt>{t('task.place')}</dt>
          <dd>{placeOf(task)}</dd>
        </div>
        <div>
          <dt>{t('task.flow')}</dt>
          <dd>{t('task.definition', { name: task.definitionName, version: task.definitionVersion })}</dd>
        </div>
        <div>
          <dt>{t('task.startedAt')}</dt>
          <dd>{time(task.startedAt)}</dd>
        </div>
        {task.dueBy && (
          <div>
            <dt>{t('task.dueBy')}</dt>
            <dd>{time(task.dueBy)}</dd>
          </div>
        )}
        {task.alarms && (
          <div>
            <dt>{t('task.alarms')}</dt>
            <dd>
              {t('task.alarmCount', { count: task.alarms.count })} {moment(task.alarms.lastAt)}
              {task.alarms.clearedAt && (
                <>
                  {' · '}
                  {t('task.alarmCleared')} {moment(task.alarms.clearedAt)}
                </>
              )}
            </dd>
          </div>
        )}
        {task.earlier && (
          <div>
            <dt>{t('task.repeatOf', { count: task.earlier.repeats })}</dt>
            <dd>
              <Link to={`/tasks/${task.earlier.id}`}>{task.earlier.number}</Link> {t('task.closedAt')} {moment(task.earlier.closedAt)}
            </dd>
          </div>
        )}
        {task.later && (
          <div>
            <dt>{t('task.repeatedBy')}</dt>
            <dd>
              <Link to={`/tasks/${task.later.id}`}>{task.later.number}</Link>
            </dd>
          </div>
        )}
        {task.part && (
          <div>
            <dt>{t(`joint.role.${task.part.role}`)}</dt>
            <dd>
              <Link to={`/tasks/${task.part.parentId}`}>{task.part.parentNumber}</Link> {task.part.text}
            </dd>
          </div>
        )}
        {task.orders?.map((order) => (
          <div key={order.id}>
            <dt>{t('joint.order')}</dt>
            <dd>
              <Link to={`/tasks/${order.id}`}>{order.number}</Link>
            </dd>
          </div>
        ))}
        {task.closedAt && (
          <div>
            <dt>{t('task.closedAt')}</dt>
            <dd>{time(task.closedAt)}</dd>
          </div>
        )}
      </dl>
    </header>
  );
}
