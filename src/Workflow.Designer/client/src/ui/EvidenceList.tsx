import { FileTextOutlined, PictureOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { EvidenceView } from '../api/types';
import type { TFunction } from 'i18next';
import { useMoment } from './time';

const icons = { photo: <PictureOutlined aria-hidden />, video: <VideoCameraOutlined aria-hidden />, document: <FileTextOutlined aria-hidden /> };

export function EvidenceList({ evidence }: { evidence: readonly EvidenceView[] }) {
  return (
    <ul className="evidence-list">
      {evidence.map((one) => (
        <li key={one.id}>
          <EvidenceTile evidence={one} />
        </li>
      ))}
    </ul>
  );
}

/** What the camera wrote into the file, beside what was claimed. */
function exifWords(t: TFunction, exif: NonNullable<EvidenceView['exif']>, moment: (at: string) => string): string {
  const { longitude, latitude } = exif;
  const parts = [
    exif.takenAt && moment(exif.takenAt),
    longitude != null && latitude != null && t('evidence.position', { latitude: Number(latitude).toFixed(4), longitude: Number(longitude).toFixed(4) }),
    exif.device,
  ];
  return t('evidence.exif', { what: parts.filter(Boolean).join(' · ') });
}

function EvidenceTile({ evidence }: { evidence: EvidenceView }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const kind = t(`evidence.${evidence.kind}`);
  const { longitude, latitude } = evidence;
  const position =
    longitude != null && latitude != null
      ? t('evidence.position', { latitude: Number(latitude).toFixed(4), longitude: Number(longitude).toFixed(4) })
      : t('evidence.noPosition');
  return (
    <a className="evidence" href={evidence.url} target="_blank" rel="noreferrer">
      <span className="sr-only">{t('evidence.open', { kind })}</span>
      {/* Browsers other than Safari do not show an iPhone's HEIC. */}
      {evidence.kind === 'photo' && evidence.contentType !== 'image/heic' ? (
        <img src={evidence.url} alt="" loading="lazy" width={72} height={72} />
      ) : (
        <span className="evidence-icon">{icons[evidence.kind]}</span>
      )}
      <span className="evidence-text">
        <span className="evidence-name">{evidence.fileName}</span>
        <span>
          {t('evidence.by', { name: evidence.attachedBy.name, time: moment(evidence.takenAt ?? evidence.attachedAt) })}
        </span>
        <span>{[position, evidence.source && t(`evidence.source.${evidence.source}`)].filter(Boolean).join(' · ')}</span>
        {evidence.exif && <span>{exifWords(t, evidence.exif, moment)}</span>}
      </span>
    </a>
  );
}
