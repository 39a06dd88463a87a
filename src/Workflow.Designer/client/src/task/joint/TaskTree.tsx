import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, valueOf } from '../../api/client';
import { keys } from '../../api/queries';
import type { TreeNode } from '../../api/types';
import { usePolling } from '../../realtime/Live';
import { Fetched } from '../../ui/PageState';
import { useMoment } from '../../ui/time';
import { asTree, hoursOf, type Branch } from './tree';

/** The tasks that this one was handed down in, or belongs to, as far as this person may see them. */
export function TaskTree({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.tree(id),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/tasks/{id}/tree', { params: { path: { id } }, signal })),
    refetchInterval: usePolling(),
  });
  return (
    <section aria-labelledby="task-tree" data-testid="task-tree">
      <h2 className="section-title" id="task-tree">
        {t('joint.tree')}
      </h2>
      <Fetched query={query} rows={1}>
        {(tree) => (
          <div className="card">
            <Branches branches={asTree(tree.tasks)} current={id} />
            {tree.truncated && <p className="quiet">{t('joint.truncated', { count: tree.tasks.length })}</p>}
          </div>
        )}
      </Fetched>
    </section>
  );
}

function Branches({ branches, current }: { branches: readonly Branch[]; current: string }) {
  return (
    <ul className="tree">
      {branches.map(({ node, parts }) => (
        <li key={node.taskId}>
          <Part node={node} current={current} />
          {parts.length > 0 && <Branches branches={parts} current={current} />}
        </li>
      ))}
    </ul>
  );
}

function Part({ node, current }: { node: TreeNode; current: string }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <div className="tree-part" data-testid="tree-part">
      <p className="item-tags">
        {node.role && <span className={node.role === 'lead' ? 'tag tag-urgent' : 'tag'}>{t(`joint.role.${node.role}`)}</span>}
        {node.taskId === current ? <strong>{node.areaName}</strong> : <Link to={`/tasks/${node.taskId}`}>{node.areaName}</Link>}
        <span className="quiet">{node.number}</span>
        <span className={node.status === 'open' ? 'tag tag-open' : 'tag'}>
          {node.status === 'open' && node.stage ? t(`stage.${node.stage}`) : t(`taskStatus.${node.status}`)}
        </span>
        {node.lateSeconds > 0 && <span className="tag tag-breached">{t('joint.late', { hours: hoursOf(node.lateSeconds) })}</span>}
      </p>
      <p className="quiet">
        {[node.team, node.due && t('joint.due', { time: moment(node.due) })].filter(Boolean).join(' · ')}
      </p>
      {node.role && <p className="quiet">{node.feedback ? t('joint.feedback', { text: node.feedback }) : t('joint.noFeedback')}</p>}
      {node.lateBecause.map((late) => (
        <p className="clock-late" key={`${late.taskId}${late.team}${late.kind}`}>
          {t('joint.because', { team: `${late.areaName} ${late.team}`, kind: t(`joint.kind.${late.kind}`), hours: hoursOf(late.seconds) })}
        </p>
      ))}
    </div>
  );
}
