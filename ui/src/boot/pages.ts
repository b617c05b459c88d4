// Which page an address means, where its code lies, and which words it reads. One line per page.
import type { Component } from 'svelte';
import type { Section } from '../words/texts';

export interface Page {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each page has props of its own.
  load: () => Promise<{ default: Component<any> }>;
  props: Record<string, unknown>;
  words: readonly Section[];
  /** Many people use it, each in their language: both are at hand also when the hub is away. */
  both?: boolean;
}

type Entry = Omit<Page, 'props'> & { props?: (found: RegExpExecArray, address: URL) => Page['props'] };

const PAGES: [RegExp, Entry][] = [
  [/^\/$/, { load: () => import('../apps/start/Start.svelte'), words: ['start', 'code'] }],
  [
    /^\/kiosk$/,
    {
      load: () => import('../apps/kiosk/Kiosk.svelte'),
      words: ['kiosk', 'identify', 'guard', 'devices'],
      both: true,
    },
  ],
  [
    /^\/tv$/,
    {
      load: () => import('../apps/tv/Tv.svelte'),
      words: ['tv', 'guard', 'devices'],
      props: (_, { searchParams }) => ({ polis: listed(searchParams.get('poli')) }),
    },
  ],
  [
    /^\/t\/([^/]+)$/,
    {
      load: () => import('../apps/ticket/Phone.svelte'),
      words: ['phone', 'code'],
      props: ([, code]) => ({ code: decoded(code!) }),
    },
  ],
  [
    /^\/setup$/,
    { load: () => import('../apps/setup/Setup.svelte'), words: ['setup', 'start', 'printer', 'devices'] },
  ],
  [/^\/_kit$/, { load: () => import('../apps/gallery/Gallery.svelte'), words: ['desk'] }],
  [
    /^\/daftar$/,
    { load: () => import('../apps/online/Online.svelte'), words: ['online', 'kiosk', 'code'], both: false },
  ],
  [/^\/saya$/, { load: () => import('../apps/own/Own.svelte'), words: ['portal'] }],
  [/^\/buka$/, { load: () => import('../apps/reached/Reached.svelte'), words: ['reached'] }],
  [
    /^\/(counter(\/\d+)?|receptionist|supervisor|patients(\/[^/]+)?|reports|announcements|account|settings(\/.*)?)$/,
    { load: () => import('../apps/desk/Desk.svelte'), words: ['desk', 'devices'] },
  ],
];
const UNKNOWN: Entry = { load: () => import('../apps/unknown/Unknown.svelte'), words: ['unknown'] };

export function pageOf(address: URL): Page {
  const path = address.pathname.replace(/\/+$/, '') || '/';
  for (const [pattern, { props, ...entry }] of PAGES) {
    const found = pattern.exec(path);
    if (found) return { ...entry, props: props?.(found, address) ?? {} };
  }
  return { ...UNKNOWN, props: { path: decoded(address.pathname) } };
}

function listed(words: string | null): string[] {
  return (words ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

/** Addresses are typed, scanned and cut off in messages: what cannot be read is taken as it stands. */
function decoded(words: string): string {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}
