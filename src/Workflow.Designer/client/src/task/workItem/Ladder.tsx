import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { WorkItemView } from '../../api/types';
import { useMoment } from '../../ui/time';

type DeliveryLadder = NonNullable<WorkItemView['ladder']>;
type Step = DeliveryLadder['steps'][number];
type Notice = NonNullable<Step['notices']>[number];

/** Who was told of the offer, how far each notice has come, and who is told next. */
export function Ladder({ item }: { item: WorkItemView }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { ladder } = item;
  useReading(item);
  if (!ladder) return null;
  return (
    <section className="card" aria-labelledby="ladder" data-testid="ladder">
      <h2 id="ladder">{t('ladder.title')}</h2>
      {item.unansweredSince && (
        <p className="ladder-standing tag-breached" role="status">
          {t('ladder.unanswered', { time: moment(item.unansweredSince) })}
        </p>
      )}
      {ladder.end === 'acknowledged' && (
        <p className="ladder-standing" role="status">
          {t('ladder.acknowledged', { name: ladder.acknowledgedBy?.name ?? '', time: moment(ladder.endedAt) })}
        </p>
      )}
      {ladder.end === 'withdrawn' && <p className="ladder-standing">{t('ladder.withdrawn', { time: moment(ladder.endedAt) })}</p>}
      <ol className="ladder-steps">
        {ladder.steps.map((step) => (
          <Rung key={step.id} step={step} isOver={Boolean(ladder.end)} />
        ))}
      </ol>
      {ladder.readers && ladder.readers.length > 0 && (
        <p className="quiet">{t('ladder.readers', { names: ladder.readers.map((reader) => `${reader.person.name} ${moment(reader.at)}`).join(t('assignment.comma')) })}</p>
      )}
    </section>
  );
}

function Rung({ step, isOver }: { step: Step; isOver: boolean }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const when = step.reachedAt ? moment(step.reachedAt) : isOver ? t('ladder.spared') : t('ladder.due', { time: moment(step.dueAt) });
  return (
    <li className={step.reachedAt ? undefined : 'quiet'}>
      <p>
        <strong>{t(`ladder.to.${step.to}`)}</strong> · {step.channels.map((channel) => channelWord(t, channel)).join(t('assignment.comma'))} · {when}
      </p>
      {step.failure && <p className="ladder-failure">{t('ladder.failed', { reason: step.failure })}</p>}
      {step.notices && step.notices.length > 0 && (
        <ul>
          {step.notices.map((notice) => (
            <NoticeLine key={notice.number} notice={notice} />
          ))}
        </ul>
      )}
      {step.omitted ? <p className="quiet">{t('ladder.omitted', { count: step.omitted })}</p> : null}
    </li>
  );
}

function NoticeLine({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const known = (['acknowledged', 'read', 'delivered', 'sent'] as const).flatMap((state) => {
    const at = notice[`${state}At`];
    return at ? [t(`ladder.state.${state}`, { time: moment(at) })] : [];
  });
  return (
    <li>
      {notice.to ? notice.to.name : t('ladder.everybody')}
      {notice.for && t('ladder.for', { name: notice.for.name })} · {channelWord(t, notice.channel)}
      {notice.address && <span className="number"> {notice.address}</span>}
      {known.length > 0 ? ` · ${known.reverse().join(' → ')}` : !notice.failedAt && ` · ${t('ladder.state.waiting')}`}
      {notice.failedAt && <span className="ladder-failure"> {t('ladder.failed', { reason: notice.failure ?? '' })}</span>}
    </li>
  );
}


/** Channels are data; those that are usual have a word. */
function channelWord(t: TFunction, channel: string): string {
  switch (channel) {
    case 'in-app':
      return t('ladder.channel.inApp');
    case 'mail':
    case 'chat':
    case 'sms':
    case 'voice':
      return t(`ladder.channel.${channel}`);
    default:
      return channel;
  }
}

/** Opening an offered item is reading what one was told of it. The server counts it once; that it could not be said now is nobody's concern. */
function useReading({ card, ladder }: WorkItemView): void {
  const climbs = Boolean(ladder && !ladder.end) && card.state === 'offered';
  useEffect(() => {
    if (climbs) api.POST('/api/v1/work-items/{id}/reading', { params: { path: { id: card.id } } }).catch(() => undefined);
  }, [climbs, card.id]);
}
