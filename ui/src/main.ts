// Starts the interface: fonts, styles, the machine, its language, then the page the address asks for.
import '@fontsource-variable/plus-jakarta-sans/index.css';
import { mount } from 'svelte';
import App from './boot/App.svelte';
import { lazily } from './boot/lazy';
import { renewal } from './boot/renew';
import { findHost, host } from './host';
import { site } from './data/site.svelte';
import { language } from './words/language.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/floating.css';

async function start(): Promise<void> {
  await lazily(findHost);
  language.start(new URLSearchParams(location.search));
  renewal.watchHands();
  site.heard = ({ version, needs_setup }) => {
    renewal.hubIs(version);
    if (needs_setup) toSetup();
  };
  site.start();
  mount(App, { target: document.getElementById('app')! });
  // From here on the page itself tells what breaks.
  document.documentElement.setAttribute('data-running', '');
}

/** On a fresh hub every page leads to where it is set up; a machine of its own asks in its own window. */
function toSetup(): void {
  const { pathname, search } = location;
  if (host().settings || pathname === '/setup') return;
  location.replace(`/setup?lalu=${encodeURIComponent(pathname + search)}`);
}

// What happens before there is a page is told by public/start.js.
void start();
