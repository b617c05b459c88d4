// Starts the interface: fonts, styles, the machine, then the page the address asks for.
import '@fontsource-variable/plus-jakarta-sans/index.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { findHost } from './host';
import { language } from './state/language.svelte';
import { site } from './state/site.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/floating.css';

void findHost().then(() => {
  language.start(new URLSearchParams(location.search));
  site.start();
  mount(App, { target: document.getElementById('app')! });
});
