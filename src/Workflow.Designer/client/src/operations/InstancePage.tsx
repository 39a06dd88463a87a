import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { instanceCancel } from '../api/operations';
import { keys, usePermission } from '../api/queries';
import type { InstanceView } from '../api/types';
import { Fetched } from '../ui/PageState';
import { useMoment } from '../ui/time';
import { useDecisionDialog, type Question } from './DecisionDialog';
import { Activities, Effects, Incidents, Values, Waits } from './InstanceParts';
import { everyMs } from './useOperations';
import './operations.css';

export default function InstancePage() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: keys.instance(id),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/instances/{id}', { params: { path: { id } }, signal })),
    refetchInterval: everyMs,
  });
  return <Fetched query={query}>{(instance) => <Instance instance={instance} key={instance.id} />}</Fetched>;
}

function Instance({ instance }: { instance: InstanceView }) {
  const { t } = useTranslation();
  const operates = usePermission('operate');
  const { ask, dialog } = useDecisionDialog();
  const open = instance.status === 'running' || instance.status === 'faulted';
  return (
    <>
      <Head instance={instance} {...(operates && open ? { ask } : {})} />
      <div className="instance-grid">
        <Incidents instance={instance} {...(operates ? { ask } : {})} />
        <Activities activities={instance.activities} />
        <Waits waits={instance.waits} />
        <Effects effects={instance.effects} />
        <Values id="variables" title={t('operations.view.variables')} values={instance.variables} />
        <Values id="input" title={t('operations.view.input')} values={instance.input} />
        <Values id="output" title={t('operations.view.output')} values={instance.output} />
      </div>
      {dialog}
    </>
  );
}

function Head({ instance, ask }: { instance: InstanceView; ask?: (question: Question) => void }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const facts: [string, string | null | undefined][] = [
    [t('operations.view.startedAt'), moment(instance.startedAt)],
    [t('operations.view.updatedAt'), moment(instance.updatedAt)],
    [t('operations.view.endedAt'), instance.endedAt && moment(instance.endedAt)],
    [t('operations.view.correlation'), instance.correlationId],
    [t('operations.view.revision'), String(instance.revision)],
  ];
  return (
    <header className="instance-head">
      <p className="item-tags">
        <span className={instance.status === 'faulted' ? 'tag tag-breached' : 'tag tag-stage'}>{t(`operations.instanceStatus.${instance.status}`)}</span>
        <span className="number">{instance.id}</span>
      </p>
      <h1>{instance.name ?? instance.definitionName}</h1>
      <p className="quiet">{t('operations.view.version', { id: instance.definitionId, version: instance.definitionVersion })}</p>
      {instance.isStopped && <p className="instance-stopped">{t('operations.view.stopped')}</p>}
      {instance.isStalled && <p className="instance-stopped">{t('operations.view.stalled')}</p>}
      <dl className="facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        {instance.parentId && (
          <div>
            <dt>{t('operations.view.parent')}</dt>
            <dd>
              <Link to={`/instances/${instance.parentId}`}>{instance.parentId}</Link>
            </dd>
          </div>
        )}
      </dl>
      {ask && (
        <p>
          <Button
            danger
            onClick={() =>
              ask({
                decision: instanceCancel(instance.id),
                title: t('operations.view.cancelTitle'),
                hint: t('operations.view.cancelHint'),
                verb: t('operations.view.cancel'),
                done: t('operations.view.cancelled'),
                isReasonRequired: true,
                isDangerous: true,
              })
            }
          >
            {t('operations.view.cancel')}
          </Button>
        </p>
      )}
    </header>
  );
}
