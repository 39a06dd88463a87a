import { RightOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WorkItemCard } from '../api/types';
import { Due } from '../ui/Due';
import { isOpen, isSelectable } from '../ui/itemState';
import { Marks } from '../ui/Marks';

/** Who has it now: the items that this person may act on lead there, the others say who is waited for. */
export function OpenWorkItems({ items }: { items: readonly WorkItemCard[] }) {
  const { t } = useTranslation();
  const open = items.filter(isOpen);
  const mine = (item: WorkItemCard): boolean => item.canClaim || item.canComplete;
  return (
    <section aria-labelledby="task-items">
      <h2 className="section-title" id="task-items">
        {t('task.openItems')}
      </h2>
      {open.length === 0 && <p className="card quiet">{t('task.noOpenItems')}</p>}
      <ul className="list">
        {[...open.filter(mine), ...open.filter((item) => !mine(item))].map((item) => (
          <li key={item.id} className="card open-item">
            <div>
              <h3>{mine(item) ? <Link to={`/work-items/${item.id}`}>{item.title}</Link> : item.title}</h3>
              <p className="quiet">
                {item.claimedBy && isSelectable(item)
                  ? t('task.itemClaimedBy', { team: item.teamName, name: item.claimedBy.name })
                  : t('task.itemHolder', { team: item.teamName, state: t(`itemState.${item.state}`) })}
              </p>
              <p className="item-tags">
                <Due due={item.due} verb={item.stage} warned={item.warned} breached={item.breached} paused={item.paused} />
                <Marks warned={item.warned} breached={item.breached} urgedAt={item.urgedAt} />
              </p>
            </div>
            {mine(item) && (
              <span className="open-item-go">
                {t(item.canClaim ? 'inbox.claim' : 'inbox.handle')} <RightOutlined aria-hidden />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
