import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App';
import { rememberedLanguage, startLanguage } from './i18n/language';
import './ui/tokens.css';
import './shell/shell.css';
import './ui/ui.css';

startLanguage(rememberedLanguage());

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
