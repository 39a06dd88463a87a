import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TaskCard } from '../api/types';
import { Due } from '../ui/Due';
import { Marks, StageTag } from '../ui/Marks';
import { TaskMoment } from './TaskCards';

export function TaskTable({ tasks }: { tasks: readonly TaskCard[] }) {
  const { t } = useTranslation();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('tasks.due')}</th>
          <th scope="col">{t('tasks.subject')}</th>
          <th scope="col">{t('tasks.place')}</th>
          <th scope="col">{t('tasks.stage')}</th>
          <th scope="col">{t('tasks.status')}</th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <Row key={task.id} task={task} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ task }: { task: TaskCard }) {
  const { t } = useTranslation();
  const open = task.status === 'open';
  return (
    <tr data-testid="task-row">
      <td>{open && <Due due={task.nextDue} verb={task.stage} warned={task.warned} breached={task.breached} paused={task.paused} />}</td>
      <td>
        <Link to={`/tasks/${task.id}`}>{task.subject}</Link>
        <div className="quiet">
          <span className="number">{task.number}</span> · {task.definitionName}
        </div>
      </td>
      <td>
        <div>{task.areaName}</div>
        <div className="quiet">{task.jurisdictionName}</div>
      </td>
      <td><StageTag stage={task.stage} /></td>
      <td>
        <div>{t(`taskStatus.${task.status}`)}</div>
        <div className="quiet">
          <TaskMoment task={task} />
        </div>
        <div className="item-tags">
          <Marks priority={task.priority} warned={task.warned} breached={task.breached} escalatedTo={task.escalatedTo} />
        </div>
      </td>
    </tr>
  );
}
