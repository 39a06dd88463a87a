import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { AreaSelect } from '../alarm/AreaSelect';
import { useServerNow } from '../ui/serverClock';
import { DayInput } from './DayInput';
import { dayIn, groupsOf, monthBegin, type ReportName } from './report';

const choices = {
  teamKind: { values: ['techGrid', 'enforcement', 'inspection', 'communityGrid'], texts: 'team' },
  priority: { values: ['urgent', 'normal'], texts: 'priority' },
  source: { values: ['person', 'alarm', 'system'], texts: 'reports.sourceOf' },
} as const;

const narrowing = ['area', 'teamKind', 'team', 'person', 'definitionId', 'category', 'priority', 'source'] as const;

interface Props {
  report: ReportName;
  query: Record<string, string>;
  onChange: (change: object) => void;
}

/** Period, groups and filters; everything is kept in the address, so a link leads to the same figures. */
export function ReportFilterBar({ report, query, onChange }: Props) {
  const { t } = useTranslation();
  const now = useServerNow();
  const groups = groupsOf(report);
  const select = (name: keyof typeof choices) => (
    <Select
      aria-label={t(`reports.${name}`)}
      placeholder={t(`reports.${name}`)}
      allowClear
      virtual={false}
      value={query[name] ?? null}
      onChange={(value: string | null | undefined) => onChange({ [name]: value ?? undefined })}
      options={choices[name].values.map((value) => ({ value, label: t(`${choices[name].texts}.${value}` as 'priority.normal') }))}
    />
  );
  const days = { from: dayIn(query['from']) ?? (now === undefined ? '' : monthBegin(now)), to: dayIn(query['to']) ?? '' };
  return (
    <div className="filter-bar report-filter" role="search" aria-label={t('lists.filter')}>
      <DayInput name="from" days={days} onChange={onChange} />
      <DayInput name="to" days={days} onChange={onChange} />
      {groups.length > 0 && (
        <Select
          aria-label={t('reports.by')}
          virtual={false}
          value={query['by'] ?? groups[0]}
          onChange={(value: string) => onChange({ by: value === groups[0] ? undefined : value })}
          options={groups.map((value) => ({ value, label: t(`reports.groupBy.${value}`) }))}
        />
      )}
      <AreaSelect {...(query['area'] ? { value: query['area'] } : {})} onChange={(area) => onChange({ area })} />
      {select('teamKind')}
      {select('priority')}
      {select('source')}
      {narrowing.some((name) => query[name]) && <Button onClick={() => onChange(Object.fromEntries(narrowing.map((name) => [name, undefined])))}>{t('lists.clear')}</Button>}
    </div>
  );
}
