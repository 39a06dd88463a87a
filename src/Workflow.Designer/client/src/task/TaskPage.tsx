import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { keys } from '../api/queries';
import type { IncidentView, TaskView } from '../api/types';
import { usePolling } from '../realtime/Live';
import { Fetched } from '../ui/PageState';
import { useNarrow } from '../ui/media';
import { useMoment } from '../ui/time';
import { Clocks } from './clocks/Clocks';
import { Evaluation } from './Evaluation';
import { OrderCard } from './joint/OrderCard';
import { TaskTree } from './joint/TaskTree';
import { OpenWorkItems } from './OpenWorkItems';
import { ReporterCard } from './ReporterCard';
import { TaskHeader } from './TaskHeader';
import { Timeline } from './Timeline';
import './task.css';

const StageDiagram = lazy(() => import('./StageDiagram'));

export default function TaskPage() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: keys.task(id),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/tasks/{id}', { params: { path: { id } }, signal })),
    refetchInterval: usePolling(),
  });
  return <Fetched query={query}>{(task) => <Task task={task} key={task.id} />}</Fetched>;
}

function Task({ task }: { task: TaskView }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  return (
    <>
      <TaskHeader task={task} />
      {narrow && <SectionLinks />}
      <section className="card" aria-labelledby="task-progress">
        <h2 className="section-title" id="task-progress">
          {t('task.progress')}
        </h2>
        <Suspense fallback={<div className={narrow ? 'diagram-wait diagram-wait-tall' : 'diagram-wait'} />}>
          <StageDiagram stages={task.stages} vertical={narrow} />
        </Suspense>
      </section>
      <div className="task-grid">
        <div className="task-items">
          <OpenWorkItems items={task.workItems} />
          {task.reporter && <ReporterCard id={task.id} mark={task.reporter} />}
          {task.evaluation && <Evaluation evaluation={task.evaluation} />}
          {task.isOrder && <OrderCard id={task.id} />}
          {task.hasTree && <TaskTree id={task.id} />}
          <Incidents incidents={task.incidents} />
        </div>
        <section className="task-clocks" aria-labelledby="task-clocks">
          <h2 className="section-title" id="task-clocks">
            {t('task.clocks')}
          </h2>
          <Clocks clocks={task.clocks} items={task.workItems} ledgersOpen />
        </section>
        <section className="task-timeline" aria-labelledby="task-timeline">
          <h2 className="section-title" id="task-timeline">
            {t('task.timeline')}
          </h2>
          <Timeline taskId={task.id} />
        </section>
      </div>
    </>
  );
}

function Incidents({ incidents }: { incidents: readonly IncidentView[] }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (incidents.length === 0) return null;
  return (
    <section className="card incidents" aria-labelledby="task-incidents">
      <h2 className="section-title" id="task-incidents">
        {t('task.incidents')}
      </h2>
      <p className="quiet">{t('task.incidentHint')}</p>
      <ul>
        {incidents.map((incident) => (
          <li key={incident.id}>
            <time dateTime={incident.at}>{moment(incident.at)}</time> <code>{incident.activityId}</code> {incident.message}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A phone shows one thing after the other; these lead past the long ones. */
function SectionLinks() {
  const { t } = useTranslation();
  const sections = [
    { id: 'task-items', text: t('task.openItems') },
    { id: 'task-clocks', text: t('task.clocks') },
    { id: 'task-timeline', text: t('task.timeline') },
  ];
  return (
    <nav className="section-links" aria-label={t('task.sections')}>
      {sections.map((section) => (
        <a
          key={section.id}
          href={`#${section.id}`}
          onClick={(event) => {
            event.preventDefault();
            document.getElementById(section.id)?.scrollIntoView({ behavior: 'smooth', block: 'start' });
          }}
        >
          {section.text}
        </a>
      ))}
    </nav>
  );
}
