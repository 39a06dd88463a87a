import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, valueOf } from '../../api/client';
import { keys } from '../../api/queries';
import type { WorkItemCommand } from '../../api/types';
import type { Field } from './actions';

interface Props {
  item: string;
  command: WorkItemCommand;
  kind: Field;
  id?: string;
  value?: string | string[];
  onChange?: (value: string | string[]) => void;
}

/** Teams and people that this command may name, as the server gives them. */
export function ReceiverSelect({ item, command, kind, id, value, onChange }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const receivers = useQuery({
    queryKey: keys.receivers(item, command, search),
    queryFn: ({ signal }) =>
      valueOf(api.GET('/api/v1/work-items/{id}/receivers', { params: { path: { id: item }, query: { command, ...(search ? { search } : {}) } }, signal })),
    placeholderData: keepPreviousData,
  });
  const mixed = kind === 'receiver' || kind === 'signers';
  const teams = (receivers.data?.teams ?? []).map((team) => ({
    value: mixed ? `team:${team.id}` : team.id,
    label: mixed ? t('action.wholeTeam', { name: team.name }) : team.name,
  }));
  const people = (receivers.data?.people ?? []).map((person) => ({
    value: mixed ? `person:${person.userId}` : person.userId,
    label: `${person.name} · ${person.teamName}`,
  }));
  return (
    <Select<string | string[]>
      {...(id ? { id } : {})}
      {...(value ? { value } : {})}
      {...(onChange ? { onChange } : {})}
      {...(kind === 'people' || kind === 'signers' ? { mode: 'multiple' as const } : {})}
      showSearch={{ filterOption: false, onSearch: (typed) => setSearch(typed.trim()) }}
      virtual={false}
      loading={receivers.isFetching}
      options={kind === 'team' || kind === 'proposedTeam' ? teams : mixed ? [...people, ...teams] : people}
    />
  );
}
