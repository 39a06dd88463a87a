import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { incidentDecision } from '../api/operations';
import type { IncidentDecision } from '../api/types';
import type { Question } from './DecisionDialog';

interface Props {
  instanceId: string;
  number: number;
  ask: (question: Question) => void;
}

/** The three decisions on an incident. Giving up needs a reason, because nothing follows from it. */
export function IncidentActions({ instanceId, number, ask }: Props) {
  const { t } = useTranslation();
  const question = (decision: IncidentDecision): Question => ({
    decision: incidentDecision(instanceId, number, decision),
    title: t(`operations.incident.${decision}Title`),
    hint: t(`operations.incident.${decision}Hint`),
    verb: t(`operations.incident.${decision}`),
    done: t(`operations.incident.done.${decision}`),
    asksOutcome: decision === 'skip',
    isReasonRequired: decision === 'cancel',
    isDangerous: decision === 'cancel',
  });
  return (
    <div className="op-actions">
      <Button type="primary" onClick={() => ask(question('retry'))}>
        {t('operations.incident.retry')}
      </Button>
      <Button onClick={() => ask(question('skip'))}>{t('operations.incident.skip')}</Button>
      <Button danger onClick={() => ask(question('cancel'))}>
        {t('operations.incident.cancel')}
      </Button>
    </div>
  );
}
