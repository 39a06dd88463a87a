import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AreaSelect } from '../alarm/AreaSelect';
import { useNarrow } from '../ui/media';
import { chosenCount, cleared, isNarrowed, type ListFilter } from './filter';
import { SavedFilters } from './SavedFilters';
import './lists.css';

const choices = {
  priority: ['urgent', 'normal'],
  stage: ['initiation', 'response', 'analysis', 'handling', 'postEvaluation'],
  due: ['overdue', 'today'],
  teamKind: ['techGrid', 'enforcement', 'inspection', 'communityGrid'],
} as const;

interface Props {
  /** Whose saved filters are offered. */
  of: 'work-items' | 'tasks';
  filter: ListFilter;
  onChange: (change: Partial<Record<keyof ListFilter, string | undefined>>) => void;
  /** Orders that the list has; none: it has only its own. */
  sorts: readonly ('due' | 'created' | 'priority')[];
  withTeamKind?: boolean;
}

/** Searches and narrows a list; everything is kept in the address, so a link leads to the same rows. */
export function FilterBar({ of, filter, onChange, sorts, withTeamKind = false }: Props) {
  const { t } = useTranslation();
  // On a phone the work stands first, and the filters behind a button.
  const narrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  const chosen = chosenCount(filter);
  const [typed, setTyped] = useState(filter.search ?? '');
  useEffect(() => setTyped(filter.search ?? ''), [filter.search]);
  const select = (name: keyof typeof choices, texts: string) => (
    <Select
      aria-label={t(`lists.${name}`)}
      placeholder={t(`lists.${name}`)}
      allowClear
      virtual={false}
      value={filter[name] ?? null}
      onChange={(value: string | null | undefined) => onChange({ [name]: value ?? undefined })}
      options={choices[name].map((value) => ({ value, label: t(`${texts}.${value}` as 'lists.due') }))}
    />
  );
  return (
    <div role="search" aria-label={t('lists.filter')}>
      <div className="filter-bar">
        <Input.Search
          className="filter-search"
          aria-label={t('lists.search')}
          placeholder={t('lists.searchHint')}
          allowClear
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onSearch={(text) => onChange({ search: text.trim() || undefined })}
        />
        {narrow && (
          <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {chosen > 0 ? t('lists.filterCount', { count: chosen }) : t('lists.filter')}
          </Button>
        )}
        {(!narrow || isOpen) && (
          <>
            <AreaSelect {...(filter.area ? { value: filter.area } : {})} onChange={(area) => onChange({ area })} />
            {select('priority', 'priority')}
            {select('stage', 'stage')}
            {select('due', 'lists.dueIn')}
            {withTeamKind && select('teamKind', 'team')}
            {sorts.length > 0 && (
              <Select
                aria-label={t('lists.sort')}
                virtual={false}
                value={filter.sort ?? sorts[0]}
                onChange={(value: string) => onChange({ sort: value === sorts[0] ? undefined : value })}
                options={sorts.map((value) => ({ value, label: t(`lists.sortBy.${value}`) }))}
              />
            )}
          </>
        )}
        {isNarrowed(filter) && (
          <Button onClick={() => onChange(cleared)}>{t('lists.clear')}</Button>
        )}
      </div>
      {(!narrow || isOpen) && <SavedFilters of={of} />}
    </div>
  );
}
