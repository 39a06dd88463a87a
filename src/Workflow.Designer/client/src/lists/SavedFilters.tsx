import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api, valueOf } from '../api/client';
import { once } from '../api/idempotency';
import { keys } from '../api/queries';
import { failureWords } from '../ui/failureWords';
import { useToast } from '../ui/Toast';
import { filterOf, isNarrowed, savedQuery } from './filter';

/** The person's own filters of these lists: chosen, saved under a name, forgotten. */
export function SavedFilters({ of }: { of: 'work-items' | 'tasks' }) {
  const { t } = useTranslation();
  const say = useToast();
  const client = useQueryClient();
  const [address, setAddress] = useSearchParams();
  const [name, setName] = useState('');
  const query = savedQuery(address);
  const saved = useQuery({ queryKey: keys.savedFilters, queryFn: ({ signal }) => valueOf(api.GET('/api/v1/saved-filters', { signal })), staleTime: 5 * 60_000 });
  const mine = saved.data?.items.filter((filter) => filter.of === of) ?? [];
  const chosen = mine.find((filter) => filter.query === query);
  const options = {
    onSuccess: () => client.invalidateQueries({ queryKey: keys.savedFilters }),
    onError: (failure: unknown) => say(failureWords(t, failure), 'failed'),
  };
  const save = useMutation({
    mutationFn: (body: { of: string; name: string; query: string }) => once('saved-filter', body, (headers) => valueOf(api.PUT('/api/v1/saved-filters', { body, headers }))),
    ...options,
  });
  const forget = useMutation({
    mutationFn: (forgotten: string) => valueOf(api.DELETE('/api/v1/saved-filters', { params: { query: { of, name: forgotten } } })),
    ...options,
  });
  return (
    <div className="saved-filters">
      {mine.length > 0 && (
        <Select
          aria-label={t('lists.saved')}
          placeholder={t('lists.saved')}
          virtual={false}
          value={chosen?.name ?? null}
          onChange={(next: string) => setAddress(new URLSearchParams(mine.find((filter) => filter.name === next)?.query ?? ''), { replace: true })}
          options={mine.map((filter) => ({ value: filter.name, label: filter.name }))}
        />
      )}
      {chosen && (
        <Button loading={forget.isPending} onClick={() => forget.mutate(chosen.name)}>
          {t('lists.forget')}
        </Button>
      )}
      {!chosen && isNarrowed(filterOf(address)) && (
        <>
          <Input aria-label={t('lists.name')} placeholder={t('lists.name')} maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          <Button disabled={name.trim() === ''} loading={save.isPending} onClick={() => save.mutate({ of, name: name.trim(), query })}>
            {t('lists.save')}
          </Button>
        </>
      )}
    </div>
  );
}
