import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isUndecided, isUnauthorized } from '../../api/failure';
import { newKey } from '../../api/idempotency';
import { keys } from '../../api/queries';
import { uploadEvidence } from '../../api/upload';
import { serverNow, useServerTime, type ServerTime } from '../../ui/serverClock';
import { readPosition } from './position';

export interface Upload {
  /** Also the idempotency key while the server has not decided: sending the file again does not attach it twice. */
  key: string;
  file: File;
  takenAt: string | undefined;
  source: 'photo' | undefined;
  percent: number;
  failure: unknown;
}

export function useUploads(workItemId: string) {
  const client = useQueryClient();
  const time = useServerTime();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);

  const change = (key: string, patch: Partial<Upload>) =>
    setUploads((before) => before.map((upload) => (upload.key === key ? { ...upload, ...patch } : upload)));

  async function send(upload: Upload): Promise<void> {
    change(upload.key, { failure: undefined, percent: 0 });
    try {
      const position = await readPosition();
      const { file, takenAt, source, key } = upload;
      await uploadEvidence({ workItemId, file, takenAt, source, position, idempotencyKey: key }, (percent) => change(key, { percent }));
      await client.invalidateQueries({ queryKey: keys.workItem(workItemId) });
      setUploads((before) => before.filter((one) => one.key !== key));
    } catch (failure) {
      if (isUnauthorized(failure)) client.setQueryData(keys.me, null);
      change(upload.key, isUndecided(failure) ? { failure } : { failure, key: newKey() });
    }
  }

  return {
    uploads,
    running: uploads.some((upload) => upload.failure === undefined),
    add(files: readonly File[], source?: 'photo') {
      const added = files.map((file): Upload => ({ key: newKey(), file, takenAt: takenAt(file, time), source, percent: 0, failure: undefined }));
      setUploads((before) => [...before, ...added]);
      for (const upload of added) void send(upload);
    },
    retry: (upload: Upload) => void send(upload),
    discard: (upload: Upload) => setUploads((before) => before.filter((one) => one.key !== upload.key)),
  };
}

/** The file's age counted back from the server's time, so that a wrong clock of the phone does not show in the record. */
export function takenAt(file: File, time: ServerTime | undefined): string | undefined {
  if (!time) return undefined;
  const ageMs = Math.max(0, Date.now() - file.lastModified);
  return new Date(serverNow(time, performance.now()) - ageMs).toISOString();
}
