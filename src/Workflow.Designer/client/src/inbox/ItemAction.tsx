import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useClaim } from '../api/commands';
import type { WorkItemCard } from '../api/types';
import { failureWords } from '../ui/failureWords';
import { useToast } from '../ui/Toast';

/** The one thing to do next: claim it in one tap, or go on with it. */
export function ItemAction({ item, block = false }: { item: WorkItemCard; block?: boolean }) {
  const { t } = useTranslation();
  const say = useToast();
  const claim = useClaim();
  // It waits for somebody: what the viewer may do about it stands on its page.
  const waits = item.state === 'delegated' || item.state === 'suspended' || item.state === 'disputed';
  if (item.canComplete || waits) {
    return (
      <Link className={block ? 'button-link button-block item-action' : 'button-link item-action'} to={`/work-items/${item.id}`}>
        {t('inbox.handle')}
      </Link>
    );
  }
  if (item.canClaim) {
    return (
      <Button
        className="item-action"
        type="primary"
        block={block}
        loading={claim.isPending}
        onClick={() =>
          claim.mutate(item, {
            onSuccess: () => say(t('inbox.claimedToast', { title: item.title })),
            onError: (failure) => say(failureWords(t, failure), 'failed'),
          })
        }
      >
        {t('inbox.claim')}
      </Button>
    );
  }
  return item.state === 'claimed' && item.claimedBy ? <span className="quiet">{t('inbox.claimedBy', { name: item.claimedBy.name })}</span> : null;
}
