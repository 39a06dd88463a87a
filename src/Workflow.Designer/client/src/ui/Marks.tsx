import { useTranslation } from 'react-i18next';
import type { StageName, TeamKind } from '../api/types';

export function StageTag({ stage }: { stage: StageName | null | undefined }) {
  const { t } = useTranslation();
  if (!stage) return null;
  return <span className={`tag tag-stage tag-${stage}`}>{t(`stage.${stage}`)}</span>;
}

interface MarksProps {
  priority?: 'normal' | 'urgent';
  warned?: boolean;
  breached?: boolean;
  urgedAt?: string | null | undefined;
  escalatedTo?: readonly TeamKind[];
}

/** What makes this one different from its neighbours; nothing when it is as it should be. */
export function Marks({ priority, warned = false, breached = false, urgedAt, escalatedTo = [] }: MarksProps) {
  const { t } = useTranslation();
  return (
    <>
      {priority === 'urgent' && <span className="tag tag-urgent">{t('priority.urgent')}</span>}
      {breached && <span className="tag tag-breached">{t('mark.breached')}</span>}
      {warned && !breached && <span className="tag tag-warned">{t('mark.warned')}</span>}
      {urgedAt && <span className="tag tag-warned">{t('mark.urged')}</span>}
      {escalatedTo.map((team) => (
        <span key={team} className="tag tag-breached">
          {t('mark.escalated', { team: t(`team.${team}`) })}
        </span>
      ))}
    </>
  );
}
