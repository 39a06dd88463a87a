import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskCard } from '../api/types';
import { Due } from '../ui/Due';
import { Marks, StageTag } from '../ui/Marks';
import { useMoment } from '../ui/time';
import { placeOf } from './place';

export function TaskCards({ tasks }: { tasks: readonly TaskCard[] }) {
  return (
    <ul className="list">
      {tasks.map((task) => (
        <Card key={task.id} task={task} />
      ))}
    </ul>
  );
}

function Card({ task }: { task: TaskCard }) {
  return (
    <li className="card item-card" data-testid="task-row">
      {task.status === 'open' && (
        <div className="item-due">
          <Due due={task.nextDue} verb={task.stage} warned={task.warned} breached={task.breached} paused={task.paused} />
        </div>
      )}
      <div className="item-body">
        <div className="item-tags">
          <TaskTags task={task} />
        </div>
        <h2 className="item-title">
          <Link to={`/tasks/${task.id}`}>{task.subject}</Link>
        </h2>
        <p className="item-foot">
          <span>{placeOf(task)}</span>
          <span className="number">{task.number}</span>
        </p>
        <p className="quiet">
          {task.definitionName} · <TaskMoment task={task} />
        </p>
      </div>
    </li>
  );
}

export function TaskTags({ task }: { task: TaskCard }) {
  const { t } = useTranslation();
  return (
    <>
      {task.status === 'closed' ? <span className="tag">{t('taskStatus.closed')}</span> : <StageTag stage={task.stage} />}
      <Marks priority={task.priority} warned={task.warned} breached={task.breached} escalatedTo={task.escalatedTo} />
    </>
  );
}

export function TaskMoment({ task }: { task: TaskCard }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return task.closedAt
    ? t('tasks.closedAt', { time: moment(task.closedAt) })
    : t('tasks.startedAt', { time: moment(task.startedAt) });
}
