import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SignerView, WorkItemView } from '../../api/types';
import { outcomeWords } from '../../ui/outcomeWords';
import { useMoment } from '../../ui/time';
import { ActionDialog } from './ActionDialog';

/** The signers of a joint sign, what each has answered, and how many have to agree. */
export function JointSign({ item }: { item: WorkItemView }) {
  const { t } = useTranslation();
  const [removed, setRemoved] = useState<SignerView>();
  const sign = item.jointSign;
  if (!sign) return null;
  const agree = outcomeWords(t, sign.agree, undefined);
  return (
    <section className="card joint-sign" aria-labelledby="joint-sign">
      <h2 id="joint-sign">{t(`sign.${sign.rule}`)}</h2>
      <p>
        {sign.decided
          ? t('sign.decided', { outcome: outcomeWords(t, sign.decided, undefined) })
          : sign.rule === 'any'
            ? t('sign.first')
            : t('sign.progress', { agreed: sign.agreed, needed: sign.needed, outcome: agree })}
      </p>
      <ul className="signers">
        {sign.signers.map((signer) => (
          <li key={signer.item} className={signer.item === item.card.id ? 'signer signer-own' : 'signer'}>
            <Link to={`/work-items/${signer.item}`}>
              <strong>{signer.person?.name ?? signer.teamName}</strong>
            </Link>
            <span className="tag">{signer.outcome ? outcomeWords(t, signer.outcome, undefined) : t(`itemState.${signer.state}`)}</span>
            <span className="quiet small">
              {[
                signer.person && signer.teamName,
                signer.role && t('sign.role', { role: t(`sign.roleName.${signer.role}` as 'sign.roleName.supervisor') }),
                signer.addedBy && t('sign.addedBy', { name: signer.addedBy.name }),
              ]
                .filter(Boolean)
                .join(' · ')}
              <Moment at={signer.at} />
            </span>
            {signer.mayRemove && signer.item !== item.card.id && (
              <Button onClick={() => setRemoved(signer)} aria-label={t('sign.remove', { name: signer.person?.name ?? signer.teamName })}>
                {t('action.name.removeSigner')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {removed && (
        <ActionDialog
          item={{ ...item, card: { ...item.card, id: removed.item, revision: removed.revision } }}
          command="removeSigner"
          onClose={() => setRemoved(undefined)}
        />
      )}
    </section>
  );
}

function Moment({ at }: { at: string | null | undefined }) {
  const moment = useMoment();
  return at ? <> · {moment(at)}</> : null;
}
