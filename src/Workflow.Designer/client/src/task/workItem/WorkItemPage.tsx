import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { api, valueOf } from '../../api/client';
import { keys, useMe } from '../../api/queries';
import type { WorkItemView } from '../../api/types';
import { usePolling } from '../../realtime/Live';
import { Due } from '../../ui/Due';
import { isOpen } from '../../ui/itemState';
import { Marks, StageTag } from '../../ui/Marks';
import { outcomeWords } from '../../ui/outcomeWords';
import { Fetched } from '../../ui/PageState';
import { ValuesList } from '../../ui/ValuesList';
import { Clocks } from '../clocks/Clocks';
import { ClaimBar } from './ClaimBar';
import { EvidencePanel } from './EvidencePanel';
import { ItemActions, ItemHistory, ItemNotices } from './ItemActions';
import { JointSign } from './JointSign';
import { Ladder } from './Ladder';
import { fieldsOf, titlesOf } from './formSchema';
import { useUploads } from './useUploads';
import { WorkItemForm } from './WorkItemForm';
import '../task.css';
import './workItem.css';

export default function WorkItemPage() {
  const { id = '' } = useParams();
  const me = useMe().data;
  const query = useQuery({
    queryKey: keys.workItem(id),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/work-items/{id}', { params: { path: { id } }, signal })),
    refetchInterval: usePolling(),
  });
  return <Fetched query={query}>{(item) => <Item item={item} userId={me?.userId ?? ''} key={item.card.id} />}</Fetched>;
}

function Item({ item, userId }: { item: WorkItemView; userId: string }) {
  const { t } = useTranslation();
  const uploads = useUploads(item.card.id);
  const editable = item.card.canComplete;
  return (
    <div className="work-item">
      <Back />
      <Head item={item} />
      {item.instructions && (
        <section className="card" aria-labelledby="instructions">
          <h2 id="instructions">{t('item.instructions')}</h2>
          <p className="instructions">{item.instructions}</p>
        </section>
      )}
      <ItemNotices item={item} />
      <JointSign item={item} />
      {editable ? (
        <WorkItemForm item={item} userId={userId} uploads={uploads}>
          <ItemActions item={item} />
          <Ladder item={item} />
          <ItemHistory item={item} />
          <ItemClocks item={item} />
        </WorkItemForm>
      ) : (
        <>
          <Standing item={item} />
          <EvidencePanel item={item} uploads={uploads} errors={[]} editable={item.actions.includes('attach')} />
          <ItemActions item={item} />
          <Ladder item={item} />
          <ItemHistory item={item} />
          <ItemClocks item={item} />
          {item.card.canClaim && <ClaimBar card={item.card} />}
        </>
      )}
    </div>
  );
}

function ItemClocks({ item }: { item: WorkItemView }) {
  const { t } = useTranslation();
  if (item.clocks.length === 0) return null;
  return (
    <section className="work-item-clocks" aria-labelledby="item-clocks">
      <h2 className="section-title" id="item-clocks">
        {t('task.clocks')}
      </h2>
      <Clocks clocks={item.clocks} items={[item.card]} ledgersOpen={false} />
    </section>
  );
}

function Back() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // 'default' is the first entry: this page was opened from outside, so there is nothing of ours to go back to.
  const opened = useLocation().key === 'default';
  return (
    <button type="button" className="back" onClick={() => void (opened ? navigate('/') : navigate(-1))}>
      <LeftOutlined aria-hidden /> {t('app.back')}
    </button>
  );
}

function Head({ item: { card } }: { item: WorkItemView }) {
  const { t } = useTranslation();
  return (
    <header className="card item-card work-item-head">
      {isOpen(card) && (
        <div className="item-due">
          <Due due={card.due} verb={card.stage} warned={card.warned} breached={card.breached} paused={card.paused} />
        </div>
      )}
      <div className="item-body">
        <p className="item-tags">
          <StageTag stage={card.stage} />
          <span className="tag">{t(`itemState.${card.state}`)}</span>
          {card.standingInFor && isOpen(card) && <span className="tag">{t('inbox.standingInFor', { name: card.standingInFor.name })}</span>}
          <Marks priority={card.priority} warned={card.warned} breached={card.breached} urgedAt={card.urgedAt} />
        </p>
        <h1>{card.title}</h1>
        <p>{card.subject}</p>
        <dl className="facts">
          <div>
            <dt>{t('item.where')}</dt>
            <dd>{card.areaName}</dd>
          </div>
          <div>
            <dt>{t('item.team')}</dt>
            <dd>{card.teamName}</dd>
          </div>
        </dl>
        <Link className="task-link" to={`/tasks/${card.taskId}`}>
          <span className="number">{card.number}</span> {t('item.openTask')} <RightOutlined aria-hidden />
        </Link>
      </div>
    </header>
  );
}

/** Why there is nothing to fill in: someone else has it, it is done, or it was taken back. */
function Standing({ item }: { item: WorkItemView }) {
  const { t } = useTranslation();
  const { card } = item;
  if (card.state === 'done') {
    const outcome = item.outcome && outcomeWords(t, item.outcome, item.outcomes.find((one) => one.name === item.outcome)?.title);
    return (
      <section className="card standing standing-done" role="status">
        <h2>{t('item.doneTitle')}</h2>
        {outcome && <p>{t('item.doneOutcome', { outcome })}</p>}
        <ValuesList values={item.values} titles={titlesOf(fieldsOf(item.form))} />
        <p className="standing-links">
          <Link className="button-link" to="/">
            {t('app.toInbox')}
          </Link>
          <Link className="button-link" to={`/tasks/${card.taskId}`}>
            {t('item.openTask')}
          </Link>
        </p>
      </section>
    );
  }
  const words =
    card.state === 'withdrawn'
      ? t('item.withdrawnTitle')
      : card.state === 'returned' || card.state === 'takenBack' || card.state === 'notNeeded' || card.state === 'removed'
        ? t(`action.${card.state}Title`)
      : card.state === 'delegated' || card.state === 'suspended' || card.state === 'disputed' || (card.state === 'offered' && card.claimedBy)
        ? undefined
      : card.state === 'claimed'
        ? t('item.takenTitle', { name: card.claimedBy?.name ?? '' })
        : card.canClaim
          ? undefined
          : t('item.offeredElsewhere', { team: card.teamName });
  return words ? (
    <p className="card standing" role="status">
      {words}
    </p>
  ) : null;
}
