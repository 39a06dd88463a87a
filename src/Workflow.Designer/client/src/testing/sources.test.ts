import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('No source file is longer than 300 lines', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.(tsx?|css)$/.test(file) && !file.endsWith('schema.d.ts'));
  const long = files.filter((file) => readFileSync(join('src', file), 'utf8').split('\n').length > 300);

  expect(long).toEqual([]);
});

it('The lock file names no host that packages are fetched from', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"');
});
