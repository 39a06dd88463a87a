import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import en from './en.json';
import zhCN from './zh-CN.json';

export type Language = 'zh-CN' | 'en';

const rememberedAs = 'workflow.language';

/** The address (`?lang=en`) decides over what was remembered; without either it is Chinese. */
export function chooseLanguage(search: string, remembered: string | null): Language {
  const asked = new URLSearchParams(search).get('lang') ?? remembered ?? '';
  return asked.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

export function startLanguage(language: Language): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zhCN }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  mark(language);
}

export function switchLanguage(language: Language): void {
  void i18next.changeLanguage(language);
  mark(language);
}

export function rememberedLanguage(): Language {
  return chooseLanguage(window.location.search, readRemembered());
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh-CN';
}

function mark(language: Language): void {
  document.documentElement.lang = language;
  document.title = i18next.t('app.name');
  try {
    window.localStorage.setItem(rememberedAs, language);
  } catch {
    // Private mode without storage: the choice lasts until the page is closed.
  }
}

function readRemembered(): string | null {
  try {
    return window.localStorage.getItem(rememberedAs);
  } catch {
    return null;
  }
}
