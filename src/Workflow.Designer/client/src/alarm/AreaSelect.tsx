import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, valueOf } from '../api/client';
import { keys } from '../api/queries';
import { failureWords } from '../ui/failureWords';
import { areaWords } from './areaWords';

interface Props {
  id?: string;
  value?: string;
  onChange?: (code: string) => void;
}

export function AreaSelect({ id, value, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim(), 250);
  const areas = useQuery({
    queryKey: keys.areas(search),
    queryFn: ({ signal }) => valueOf(api.GET('/api/v1/areas', { params: { query: { limit: 30, ...(search ? { search } : {}) } }, signal })),
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  });
  const nothing = areas.isFetching ? <Spin size="small" /> : areas.error ? failureWords(t, areas.error) : t('raise.placeNone');
  return (
    <Select
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      virtual={false}
      placeholder={t('raise.placeHint')}
      notFoundContent={<div className="select-note">{nothing}</div>}
      options={areas.data?.map((area) => ({ value: area.code, label: areaWords(t, area) })) ?? []}
    />
  );
}

/** The value once typing has paused. */
function useSettled(value: string, afterMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
