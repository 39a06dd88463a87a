import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayTyped } from './report';

interface Props {
  name: 'from' | 'to';
  /** Both ends of the period; empty where none is asked for. */
  days: Record<'from' | 'to', string>;
  onChange: (change: object) => void;
}

/** One end of a period. What is half typed stays here: only a whole day that goes with the other end is asked for. */
export function DayInput({ name, days, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string>();
  const other = days[name === 'from' ? 'to' : 'from'];
  const wrong = typed !== undefined && dayTyped(name, typed, other) === 'wrong';
  const type = (input: HTMLInputElement) => {
    setTyped(input.value);
    if (input.value === '' ? !input.validity.badInput : dayTyped(name, input.value, other) === 'right') onChange({ [name]: input.value || undefined });
  };
  return (
    <label className="report-day">
      <span>{t(`reports.${name}`)}</span>
      <input type="date" aria-invalid={wrong} value={typed ?? days[name]} onChange={(event) => type(event.target)} onBlur={() => setTyped(undefined)} />
      {wrong && <em role="alert">{t('reports.wrongPeriod')}</em>}
    </label>
  );
}
