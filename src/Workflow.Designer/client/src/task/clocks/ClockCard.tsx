import { useTranslation } from 'react-i18next';
import type { ClockView, StageName } from '../../api/types';
import { Due } from '../../ui/Due';
import { isInstant, rungWords, targetWords } from '../../ui/durations';
import { useMoment } from '../../ui/time';
import { clockTitle, countedWords, rungAction, rungState, stateWords } from './clockWords';
import { Ledger } from './Ledger';

interface Props {
  clock: ClockView;
  ledgerOpen: boolean;
  itemTitle?: string | undefined;
  stage?: StageName | null | undefined;
}

export function ClockCard({ clock, ledgerOpen, itemTitle, stage }: Props) {
  const { t } = useTranslation();
  const moment = useMoment();
  const time = (at: string) => <time dateTime={at}>{moment(at)}</time>;
  const running = clock.state === 'running';
  const late = clock.breachedAt != null;
  const facts: [string, React.ReactNode][] = [
    [t('clocks.target'), isInstant(clock.target) ? time(clock.target) : targetWords(t, clock.target)],
    [t('clocks.calendar'), clock.calendarName],
    [t('clocks.basis'), clock.basis],
    [t('clocks.startedAt'), time(clock.startedAt)],
    [t(clock.state === 'stopped' ? 'clocks.dueBeforePause' : 'clocks.due'), clock.due && time(clock.due)],
  ];
  return (
    <li className={`card clock clock-is-${clock.state}${late ? ' clock-is-late' : ''}`} data-testid={`clock-${clock.scope}`}>
      <div className="clock-head">
        <h3>{clockTitle(t, clock.scope, stage, itemTitle)}</h3>
        <span className={late ? 'tag tag-breached' : running ? 'tag tag-open' : 'tag'}>{stateWords(t, clock)}</span>
        {clock.provisional && <span className="tag tag-warned">{t('mark.provisional')}</span>}
      </div>
      {running && (
        <p>
          <Due due={clock.due} verb={clock.scope === 'task' ? 'task' : stage} large />
        </p>
      )}
      <Counted clock={clock} />
      {clock.breachedAt && <p className="clock-late">{t('clocks.breachedAt', { time: moment(clock.breachedAt) })}</p>}
      {clock.stoppedAt && !running && <p className="quiet">{t('clocks.stoppedAt', { time: moment(clock.stoppedAt) })}</p>}
      <dl className="facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {clock.provisional && <p className="quiet">{t('clocks.provisional')}</p>}
      {clock.resumesAt && clock.state === 'stopped' && (
        <p className="quiet">
          {t('pause.resumesAt', { time: moment(clock.resumesAt) })} {clock.resumesProvisional && <span className="tag tag-warned">{t('mark.provisional')}</span>}
        </p>
      )}
      <Rungs clock={clock} />
      <Changes clock={clock} />
      <Ledger ledger={clock.ledger} open={ledgerOpen} />
    </li>
  );
}

function Counted({ clock }: { clock: ClockView }) {
  const { t } = useTranslation();
  const target = Number(clock.targetSeconds);
  const counted = Number(clock.countedSeconds);
  if (!(target > 0)) return null;
  return (
    <div className="counted">
      <div className="counted-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(100, (counted / target) * 100)}%` }} />
      </div>
      <span className="quiet">{countedWords(t, clock)}</span>
    </div>
  );
}

function Rungs({ clock }: { clock: ClockView }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (clock.rungs.length === 0) return null;
  return (
    <>
      <h4>{t('clocks.rungs')}</h4>
      <ul className="rungs">
        {clock.rungs.map((rung) => (
          <li key={rung.id} className={rung.firedAt ? 'rung-fired' : ''}>
            <span>
              {rungWords(t, rung.at)} · {rungAction(t, rung.action, rung.to)}
            </span>
            <span className="quiet">{rungState(t, rung, clock.state === 'running', moment)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Every move of the due time, with why. */
function Changes({ clock }: { clock: ClockView }) {
  const { t } = useTranslation();
  const moment = useMoment();
  if (clock.changes.length === 0) return null;
  return (
    <>
      <h4>{t('clocks.changes')}</h4>
      <ul className="rungs">
        {clock.changes.map((change, index) => (
          <li key={index}>
            <span>
              {[t(`clocks.change.${change.why}`), change.target && targetWords(t, change.target), change.by, change.text].filter(Boolean).join(' · ')}
            </span>
            <span className="quiet">{t('clocks.moved', { before: moment(change.before) || '—', after: moment(change.after) || '—' })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
