import { useTranslation } from 'react-i18next';
import type { LedgerView } from '../../api/types';
import { useLanguage } from '../../i18n/language';
import { useServerTime } from '../../ui/serverClock';
import { ledgerSum, ledgerWords } from './clockWords';

/** Why the deadline is when it is, interval by interval, adding up to the sum below. */
export function Ledger({ ledger, open }: { ledger: readonly LedgerView[]; open: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useServerTime()?.now;
  if (ledger.length === 0) return null;
  return (
    <details className="ledger" open={open}>
      <summary>{t('clocks.ledger')}</summary>
      <ol>
        {ledger.map((row) => (
          <li key={row.from + (row.to ?? '')} className={row.counted ? 'ledger-counted' : 'ledger-uncounted'} data-testid="ledger-row">
            {ledgerWords(t, row, language, now)}
            {row.pause && <PauseLine pause={row.pause} />}
            {row.basis && <span className="ledger-basis">{row.basis}</span>}
            {row.provisional && <span className="tag tag-warned">{t('mark.provisional')}</span>}
          </li>
        ))}
      </ol>
      <p className="ledger-sum">{ledgerSum(t, ledger)}</p>
    </details>
  );
}

/** Who asked, who approved, what for, and the documents. */
function PauseLine({ pause }: { pause: NonNullable<LedgerView['pause']> }) {
  const { t } = useTranslation();
  const said = [t('pause.askedBy', { name: pause.askedBy }), pause.approvedBy && t('pause.approvedBy', { name: pause.approvedBy }), pause.note];
  return (
    <span className="ledger-basis">
      {said.filter(Boolean).join(' · ')}
      {pause.evidence.map((url, index) => (
        <a key={url} href={url} target="_blank" rel="noreferrer">
          {' '}
          {t('pause.document', { number: index + 1 })}
        </a>
      ))}
    </span>
  );
}
