import { isUndecided } from './failure';

/*
 * A command keeps its Idempotency-Key until the server has decided. The key is stored with a print of the body before the
 * command is sent, so a retry after a lost answer or a reload sends the same key, and the server applies it once.
 * A changed body is another command: it gets a key of its own, and the revision in it settles which of the two counts.
 */

interface Pending {
  key: string;
  body: string;
}

const storedAs = (scope: string): string => `workflow.pending.${scope}`;

export async function once<T>(scope: string, body: unknown, send: (headers: { 'Idempotency-Key': string }) => Promise<T>): Promise<T> {
  const key = keyFor(scope, JSON.stringify(body ?? null));
  try {
    const result = await send({ 'Idempotency-Key': key });
    forget(scope);
    return result;
  } catch (failure) {
    if (!isUndecided(failure)) forget(scope);
    throw failure;
  }
}

export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  // Plain HTTP on a local network is not a secure context: same shape (version 4) from getRandomValues.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const memory = new Map<string, Pending>();

function keyFor(scope: string, body: string): string {
  const pending = memory.get(scope) ?? readStored(scope);
  if (pending?.body === body) return pending.key;
  const next = { key: newKey(), body };
  memory.set(scope, next);
  try {
    window.localStorage.setItem(storedAs(scope), JSON.stringify(next));
  } catch {
    // Without storage the key still survives retries, though not a reload.
  }
  return next.key;
}

function readStored(scope: string): Pending | undefined {
  try {
    return (JSON.parse(window.localStorage.getItem(storedAs(scope)) ?? 'null') as Pending | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function forget(scope: string): void {
  memory.delete(scope);
  try {
    window.localStorage.removeItem(storedAs(scope));
  } catch {
    // Nothing was stored.
  }
}
