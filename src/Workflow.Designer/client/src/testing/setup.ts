import { cleanup, configure } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { startLanguage } from '../i18n/language';

// What jsdom lacks. A phone is the screen that tests see unless they say otherwise.
window.matchMedia = (query: string) =>
  ({
    matches: query.includes('max-width'),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }) as unknown as MediaQueryList;
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView = () => undefined;
window.scrollTo = () => undefined;

// The hub is not part of these tests: it stays away, and the pages poll.
vi.mock('../realtime/hub', () => ({ openHub: () => () => undefined }));

// How long something may take says nothing about whether it is right; a machine that runs the whole suite may be slow.
configure({ asyncUtilTimeout: 20_000 });

beforeAll(() => startLanguage('zh-CN'));

beforeEach(async () => {
  window.localStorage.clear();
  if (i18next.language !== 'zh-CN') await i18next.changeLanguage('zh-CN');
});

afterEach(cleanup);
