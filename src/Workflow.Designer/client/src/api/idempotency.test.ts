import { beforeEach, describe, expect, it, vi } from 'vitest';

// A fresh copy of both for each test: what the module remembers is what is tested.
const load = async () => {
  vi.resetModules();
  return { ...(await import('./idempotency')), ...(await import('./failure')) };
};

let keys: string[];
const send = (result: () => unknown) => async (headers: { 'Idempotency-Key': string }) => {
  keys.push(headers['Idempotency-Key']);
  return result();
};

beforeEach(() => {
  keys = [];
});

describe('an idempotency key', () => {
  it('is used again after no answer came, also over a reload', async () => {
    const before = await load();
    const lost = send(() => {
      throw new before.ConnectionFailure();
    });
    await expect(before.once('x', { a: 1 }, lost)).rejects.toThrow();
    await expect(before.once('x', { a: 1 }, lost)).rejects.toThrow();

    const after = await load();
    await after.once('x', { a: 1 }, send(() => 'ok'));

    expect(new Set(keys).size).toBe(1);
  });

  it('is used again after the server could not keep its promise', async () => {
    const { once, ProblemFailure } = await load();
    await expect(once('x', 1, send(() => { throw new ProblemFailure(503, undefined); }))).rejects.toThrow();
    await once('x', 1, send(() => 'ok'));

    expect(keys[1]).toBe(keys[0]);
  });

  it('is a new one once the server has decided', async () => {
    const { once, ProblemFailure } = await load();
    await once('x', 1, send(() => 'ok'));
    await expect(once('x', 1, send(() => { throw new ProblemFailure(409, undefined); }))).rejects.toThrow();
    await once('x', 1, send(() => 'ok'));

    expect(new Set(keys).size).toBe(3);
    expect(window.localStorage.length).toBe(0);
  });

  it('is a new one when the body changed', async () => {
    const { once, ConnectionFailure } = await load();
    await expect(once('x', { a: 1 }, send(() => { throw new ConnectionFailure(); }))).rejects.toThrow();
    await once('x', { a: 2 }, send(() => 'ok'));

    expect(keys[1]).not.toBe(keys[0]);
  });

  it('is made without a secure context too', async () => {
    const { newKey } = await load();
    const { getRandomValues } = crypto;
    vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) });

    expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newKey()).not.toBe(newKey());
  });
});
