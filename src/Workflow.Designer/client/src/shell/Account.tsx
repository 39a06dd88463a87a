import { LogoutOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api, valueOf } from '../api/client';
import { keys } from '../api/queries';
import type { Me } from '../api/types';
import { failureWords } from '../ui/failureWords';
import { useToast } from '../ui/Toast';

/** Who is signed in, with which teams, and the way out. */
export function Account({ me, narrow }: { me: Me; narrow: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const frame = useCloseOutside(() => setOpen(false), open);
  const signOut = useSignOut();
  return (
    <div className="account-frame" ref={frame}>
      <Button
        type="text"
        className="account"
        aria-expanded={open}
        aria-controls="account-panel"
        onClick={() => setOpen(!open)}
      >
        <span className="sr-only">
          {t('app.account')} {narrow && me.name}
        </span>
        <span className="avatar" aria-hidden="true">
          {me.name.slice(-1)}
        </span>
        {!narrow && (
          <span className="account-text">
            <span>{me.name}</span>
            <small>{me.teams.map((team) => team.name).join(' · ') || t('app.noTeams')}</small>
          </span>
        )}
      </Button>
      {open && (
        <div className="account-panel" id="account-panel">
          <strong>{me.name}</strong>
          <span className="quiet">{me.userName}</span>
          {me.teams.map((team) => (
            <span className="quiet" key={team.id}>
              {team.name} · {t(`team.${team.kind}`)}
            </span>
          ))}
          <Button icon={<LogoutOutlined aria-hidden />} loading={signOut.isPending} onClick={() => signOut.mutate()}>
            {t('app.signOut')}
          </Button>
        </div>
      )}
    </div>
  );
}

function useSignOut() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useToast();
  return useMutation({
    mutationFn: () => valueOf(api.DELETE('/api/v1/session')),
    onSuccess() {
      // Nothing of this person may be on the screen of the next one, nor the page they were on.
      void navigate('/signin');
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.clock[0] && queryKey[0] !== keys.me[0] });
      client.setQueryData(keys.me, null);
    },
    onError: (failure) => say(failureWords(t, failure), 'failed'),
  });
}

/** Closed by Escape, by a press elsewhere, and when the keyboard moves on. */
function useCloseOutside(close: () => void, open: boolean) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event) => {
      if (!frame.current?.contains(event.target as Node)) close();
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      document.removeEventListener('keydown', escape);
    };
  });
  return frame;
}
