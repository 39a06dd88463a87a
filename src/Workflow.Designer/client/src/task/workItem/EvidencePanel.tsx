import { CameraOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceView, WorkItemView } from '../../api/types';
import { EvidenceList } from '../../ui/EvidenceList';
import { failureWords } from '../../ui/failureWords';
import type { Upload, useUploads } from './useUploads';

interface Props {
  item: WorkItemView;
  uploads: ReturnType<typeof useUploads>;
  /** What the server, or the check before sending, found missing. */
  errors: readonly string[];
  editable: boolean;
}

type Kind = EvidenceView['kind'];

export function EvidencePanel({ item, uploads, errors, editable }: Props) {
  const { t } = useTranslation();
  if (!editable && item.evidence.length === 0) return null;
  return (
    <section className="card" id="evidence" aria-labelledby="evidence-title" tabIndex={-1}>
      <div className="evidence-head">
        <h2 id="evidence-title">{t('evidence.title')}</h2>
        {countsOf(item).map(({ kind, have, need }) => (
          <span key={kind} className={have < need ? 'tag tag-warned' : 'tag tag-open'}>
            {need > 0 ? t('evidence.count', { kind: t(`evidence.${kind}`), have, need }) : t('evidence.countFree', { kind: t(`evidence.${kind}`), have })}
          </span>
        ))}
      </div>
      {item.evidence.length > 0 && <EvidenceList evidence={item.evidence} />}
      {uploads.uploads.map((upload) => (
        <Running key={upload.key} upload={upload} onRetry={() => uploads.retry(upload)} onDiscard={() => uploads.discard(upload)} />
      ))}
      {errors.length > 0 && (
        <div role="alert" className="field-error">
          {errors.map((error) => (
            <p key={error}>{error}</p>
          ))}
        </div>
      )}
      {editable && <Pickers onFiles={uploads.add} />}
    </section>
  );
}

/** Required kinds first, then whatever else was attached. */
export function countsOf(item: Pick<WorkItemView, 'evidence' | 'evidenceRequired'>): { kind: Kind; have: number; need: number }[] {
  const kinds: Kind[] = ['photo', 'video', 'document'];
  return kinds
    .map((kind) => ({ kind, have: item.evidence.filter((one) => one.kind === kind).length, need: Number(item.evidenceRequired[kind] ?? 0) }))
    .filter(({ have, need }) => have > 0 || need > 0);
}

function Pickers({ onFiles }: { onFiles: (files: readonly File[], source?: 'photo') => void }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="pickers">
        <Picker icon={<CameraOutlined aria-hidden />} text={t('evidence.take')} accept="image/*" camera onFiles={(files) => onFiles(files, 'photo')} />
        <Picker icon={<PaperClipOutlined aria-hidden />} text={t('evidence.choose')} accept="image/*,video/*,.pdf" onFiles={(files) => onFiles(files)} />
      </div>
      <p className="quiet small">
        {t('evidence.classified')} {t('evidence.positionHint')}
      </p>
    </>
  );
}

interface PickerProps {
  icon: React.ReactNode;
  text: string;
  accept: string;
  camera?: boolean;
  onFiles: (files: readonly File[]) => void;
}

function Picker({ icon, text, accept, camera = false, onFiles }: PickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    // The same photo may be chosen again after it was discarded.
    event.target.value = '';
    if (files.length > 0) onFiles(files);
  };
  return (
    <>
      <input
        ref={input}
        className="sr-only"
        type="file"
        tabIndex={-1}
        aria-label={text}
        accept={accept}
        multiple={!camera}
        onChange={picked}
        {...(camera ? { capture: 'environment' } : {})}
      />
      <Button icon={icon} type={camera ? 'primary' : 'default'} ghost={camera} onClick={() => input.current?.click()}>
        {text}
      </Button>
    </>
  );
}

function Running({ upload, onRetry, onDiscard }: { upload: Upload; onRetry: () => void; onDiscard: () => void }) {
  const { t } = useTranslation();
  const name = upload.file.name;
  if (upload.failure === undefined) {
    return (
      <div className="upload">
        <span>{t('evidence.uploading', { name })}</span>
        <progress max={100} value={upload.percent} aria-label={t('evidence.uploading', { name })} />
      </div>
    );
  }
  return (
    <div className="upload upload-failed" role="alert">
      <span>
        {t('evidence.uploadFailed', { name })} · {failureWords(t, upload.failure)}
      </span>
      <span className="upload-actions">
        <Button onClick={onRetry}>{t('evidence.retry')}</Button>
        <Button type="text" onClick={onDiscard}>
          {t('evidence.discard')}
        </Button>
      </span>
    </div>
  );
}
