import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useClaim } from '../../api/commands';
import type { WorkItemCard } from '../../api/types';
import { failureWords } from '../../ui/failureWords';
import { useToast } from '../../ui/Toast';

export function ClaimBar({ card }: { card: WorkItemCard }) {
  const { t } = useTranslation();
  const say = useToast();
  const claim = useClaim();
  return (
    <div className="action-bar">
      <Button
        type="primary"
        size="large"
        className="action-main"
        loading={claim.isPending}
        onClick={() =>
          claim.mutate(card, {
            onSuccess: () => say(t('item.claimedToast')),
            onError: (failure) => say(failureWords(t, failure), 'failed'),
          })
        }
      >
        {t('item.claim')}
      </Button>
    </div>
  );
}
