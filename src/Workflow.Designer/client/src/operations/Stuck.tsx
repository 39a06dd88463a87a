import { useTranslation } from 'react-i18next';
import type { StuckInstance } from '../api/types';
import { Empty, Fetched, LoadMore } from '../ui/PageState';
import { itemsOf } from '../ui/pages';
import { useMoment } from '../ui/time';
import { InstanceLinks } from './InstanceLinks';
import { useStuck } from './useOperations';

export function Stuck() {
  const { t } = useTranslation();
  const query = useStuck();
  return (
    <Fetched query={query}>
      {({ pages }) => {
        const instances = itemsOf(pages);
        if (instances.length === 0) return <Empty title={t('operations.empty.stuck')} />;
        return (
          <>
            <ul className="list">
              {instances.map((instance) => (
                <Row key={instance.id} instance={instance} />
              ))}
            </ul>
            <LoadMore query={query} />
          </>
        );
      }}
    </Fetched>
  );
}

function Row({ instance }: { instance: StuckInstance }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <li className="card op-row" data-testid="stuck-row">
      <div className="op-body">
        <ul>
          {instance.reasons.map((reason, index) => (
            <li key={index}>
              <span className="op-message">{t(`operations.stuckBy.${reason.by}`, { message: reason.message ?? '' })}</span>{' '}
              <span className="quiet">{t('operations.since', { time: moment(reason.since) })}</span>
            </li>
          ))}
        </ul>
        <InstanceLinks id={instance.id} definitionId={instance.definitionId} taskNumber={instance.taskNumber} taskSubject={instance.taskSubject} />
      </div>
      <span className="tag">{instance.status ? t(`operations.instanceStatus.${instance.status}`) : t('operations.notStarted')}</span>
    </li>
  );
}
