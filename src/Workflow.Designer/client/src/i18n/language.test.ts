import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import en from './en.json';
import { chooseLanguage, switchLanguage } from './language';
import zhCN from './zh-CN.json';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, before = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[before + key, value]] : flatten(value, `${before}${key}.`),
  );
}

const chinese = flatten(zhCN);
const english = new Map(flatten(en));
const placeholders = (text: string): string[] => (text.match(/{{\w+}}/g) ?? []).sort();

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file) && !file.startsWith('testing'));
const code = (file: string): string => readFileSync(join('src', file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('texts', () => {
  it('have the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual(chinese.map(([key]) => key).sort());
  });

  it('have the same placeholders in both languages', () => {
    const differing = chinese.filter(([key, text]) => placeholders(text).join() !== placeholders(english.get(key) ?? '').join());

    expect(differing).toEqual([]);
  });

  it('are never empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(['zh-CN', 'en'])('have each key once in %s', (language) => {
    const open: Set<string>[] = [];
    const twice: string[] = [];
    for (const [token] of readFileSync(`src/i18n/${language}.json`, 'utf8').matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}]/g)) {
      const keys = open.at(-1);
      if (token === '{') open.push(new Set());
      else if (token === '}') open.pop();
      else if (token.endsWith(':')) {
        if (keys?.has(token)) twice.push(token);
        keys?.add(token);
      }
    }

    expect(twice).toEqual([]);
  });

  it('are each used', () => {
    const text = files.map(code).join('\n');
    const begun = [...text.matchAll(/`([a-zA-Z][\w.]*\.)\$\{/g)].map(([, start]) => start!);
    const ended = [...text.matchAll(/`\$\{\w+\}(\w+)`/g)].map(([, end]) => end!);
    const isNamed = (key: string): boolean => text.includes(`'${key}'`);
    const unused = chinese
      .map(([key]) => key.replace(/_(one|other)$/, ''))
      .filter((key) => !isNamed(key) && !begun.some((start) => key.startsWith(start)) && !ended.some((end) => key.endsWith(end) && isNamed(key.slice(0, -end.length))));

    expect(unused).toEqual([]);
  });

  it('are not written into the code', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => /\p{Script=Han}/u.test(code(file)))).toEqual([]);
  });
});

describe('the language', () => {
  it.each([
    ['', null, 'zh-CN'],
    ['?lang=en', null, 'en'],
    ['?lang=en-GB', 'zh-CN', 'en'],
    ['?lang=zh-CN', 'en', 'zh-CN'],
    ['', 'en', 'en'],
    ['?lang=fr', null, 'zh-CN'],
  ])('for %j with %j remembered is %s', (search, remembered, expected) => {
    expect(chooseLanguage(search, remembered)).toBe(expected);
  });

  it('is remembered and marked on the document when switched', () => {
    switchLanguage('en');

    expect(document.documentElement.lang).toBe('en');
    expect(window.localStorage.getItem('workflow.language')).toBe('en');
    expect(i18next.t('inbox.claim')).toBe('Claim');
  });
});
