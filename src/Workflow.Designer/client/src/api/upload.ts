import { problemIn } from './client';
import { ConnectionFailure, ProblemFailure } from './failure';
import type { EvidenceView } from './types';

export interface EvidenceUpload {
  workItemId: string;
  file: File;
  idempotencyKey: string;
  takenAt?: string | undefined;
  /** Taken with this phone just now; of a file that was chosen nobody knows. */
  source?: 'photo' | undefined;
  position?: { longitude: number; latitude: number } | undefined;
}

/** XMLHttpRequest, because fetch cannot tell how much of a photo has left the phone. */
export function uploadEvidence(upload: EvidenceUpload, onProgress: (percent: number) => void): Promise<EvidenceView> {
  const form = new FormData();
  if (upload.takenAt) form.append('takenAt', upload.takenAt);
  if (upload.source) form.append('source', upload.source);
  if (upload.position) {
    form.append('longitude', String(upload.position.longitude));
    form.append('latitude', String(upload.position.latitude));
  }
  form.append('file', upload.file, upload.file.name);

  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/work-items/${encodeURIComponent(upload.workItemId)}/evidence`);
    request.setRequestHeader('Idempotency-Key', upload.idempotencyKey);
    request.setRequestHeader('Accept', 'application/json');
    request.timeout = 10 * 60_000;
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100));
    };
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as EvidenceView);
      else reject(new ProblemFailure(request.status, problemIn(body)));
    };
    request.onerror = () => reject(new ConnectionFailure());
    request.ontimeout = () => reject(new ConnectionFailure());
    request.onabort = () => reject(new ConnectionFailure());
    request.send(form);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
