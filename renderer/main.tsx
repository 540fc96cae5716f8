// Before the screens, whose own styles come after these.
import './styles/fonts.css';
import './styles/base.css';
import './styles/blocks.css';
import './styles/shell.css';
import './styles/rail.css';
import './styles/page.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openLine } from './bridge.ts';
import { createTexts } from './i18n/setup.ts';
import { followApp, languageOf } from './store/app-store.ts';
import { startRoute } from './store/start-route.ts';

const texts = createTexts(languageOf(null));
followApp();
startRoute();
openLine();
createRoot(document.getElementById('root')!).render(<App texts={texts} />);
