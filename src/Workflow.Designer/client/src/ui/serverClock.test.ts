import { expect, it } from 'vitest';
import { serverNow } from './serverClock';

it('The server\'s time runs at its own speed from the moment it was read', () => {
  const read = { now: Date.parse('2026-10-03T02:14:00+08:00'), speed: 60, demo: true, readAt: 5_000 };

  expect(serverNow(read, 15_000) - read.now).toBe(600_000);
});
