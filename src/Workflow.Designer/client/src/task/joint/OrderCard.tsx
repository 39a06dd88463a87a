import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, valueOf } from '../../api/client';
import { keys } from '../../api/queries';
import type { OrderView } from '../../api/types';
import { usePolling } from '../../realtime/Live';
import { Fetched } from '../../ui/PageState';
import { useMoment } from '../../ui/time';

/** What makes a task an order: who ordered what, what it covers, how it was pressed. */
export function OrderCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.order(id),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/orders/{id}', { params: { path: { id } }, signal })),
    refetchInterval: usePolling(),
  });
  return (
    <section aria-labelledby="task-order" data-testid="task-order">
      <h2 className="section-title" id="task-order">
        {t('joint.order')}
      </h2>
      <Fetched query={query} rows={1}>
        {(order) => <Order order={order} />}
      </Fetched>
    </section>
  );
}

function Order({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const moment = useMoment();
  return (
    <div className="card">
      <dl className="facts order-facts">
        <Row name={t('joint.text')}>{order.text}</Row>
        <Row name={t('joint.leader')}>{order.leader.name}</Row>
        <Row name={t('joint.team')}>{order.team}</Row>
        <Row name={t('joint.deadline')}>{moment(order.due)}</Row>
        {order.nextFeedback && <Row name={t('joint.next')}>{moment(order.nextFeedback)}</Row>}
        {order.tasks.length > 0 && (
          <Row name={t('joint.covers')}>
            {order.tasks.map((covered) => (
              <span key={covered.taskId}>
                <Link to={`/tasks/${covered.taskId}`}>{covered.number}</Link> {t(covered.endedAt ? 'joint.closedTask' : 'joint.openTask')}{' '}
              </span>
            ))}
          </Row>
        )}
        <Row name={t('joint.ladder')}>
          {order.ladder.length === 0
            ? t('joint.noLadder')
            : order.ladder.map((press) => (
                <span key={press.rung}>
                  {t(`joint.rung.${press.rung}`)} · {press.by ? `${press.by.name}: ${press.text}` : t('joint.byTime')} · {moment(press.at)}{' '}
                </span>
              ))}
        </Row>
        {order.feedbacks.map((given) => (
          <Row key={given.at} name={t('joint.feedbacks')}>
            {given.text} · {given.by.name} · {moment(given.at)}
          </Row>
        ))}
        {order.struckOff && (
          <Row name={t('joint.struckOff')}>{[order.struckOff.report, order.struckOff.by?.name, moment(order.struckOff.at)].filter(Boolean).join(' · ')}</Row>
        )}
      </dl>
    </div>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
