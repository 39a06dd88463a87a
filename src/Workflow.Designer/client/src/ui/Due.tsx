import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { StageName } from '../api/types';
import { useLanguage, type Language } from '../i18n/language';
import { useServerNow } from './serverClock';
import { countdownOf, nearMomentOf } from './time';

export interface DueWords {
  by: string;
  left: string | undefined;
  late: boolean;
}

/** `02:34 前响应` and `剩 12:41`, or how late it is. Without the server's time nothing is said about what is left. */
export function dueWords(t: TFunction, due: string, verb: StageName | 'task', now: number | undefined, language: Language): DueWords {
  const at = Date.parse(due);
  const by = t(`due.by.${verb}`, { time: nearMomentOf(t, at, now, language) });
  if (now === undefined) return { by, left: undefined, late: false };
  const late = now > at;
  return { by, left: t(late ? 'due.late' : 'due.left', { span: countdownOf(t, at - now) }), late };
}

interface Props {
  due: string | null | undefined;
  /** The stage whose verb is used ("respond by"); `task`, or none, for the whole task. */
  verb: StageName | 'task' | null | undefined;
  warned?: boolean;
  breached?: boolean;
  /** Its clock stands still: the due time moves when it goes on. What is late already stays late. */
  paused?: boolean;
  large?: boolean;
}

export function Due({ due, verb, warned = false, breached = false, paused = false, large = false }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useServerNow();
  const size = large ? ' due-large' : '';
  if (paused && !(due && breached)) return <span className={`due due-none${size}`}>{t('due.paused')}</span>;
  if (!due) return <span className={`due due-none${size}`}>{t('due.none')}</span>;

  const words = dueWords(t, due, verb ?? 'task', now, language);
  const tone = words.late ? 'due-late' : warned ? 'due-warned' : 'due-calm';
  return (
    <span className={`due ${tone}${size}`} role="timer">
      <time dateTime={due}>{words.by}</time>
      {words.left && (
        <>
          <span className="due-dot"> · </span>
          <strong>{words.left}</strong>
        </>
      )}
    </span>
  );
}
