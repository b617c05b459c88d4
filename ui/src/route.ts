// Which page an address means. Pages are plain documents; there is no history to manage.

export type Page =
  | { name: 'start' }
  | { name: 'kiosk' }
  | { name: 'counter' }
  | { name: 'tv'; polis: string[] }
  | { name: 'receptionist' }
  | { name: 'setup' }
  | { name: 'settings' }
  | { name: 'reached' }
  | { name: 'phone'; code: string }
  | { name: 'unknown'; path: string };

export function pageOf(address: URL): Page {
  const path = address.pathname.replace(/\/+$/, '') || '/';
  if (path === '/') return { name: 'start' };
  if (path === '/kiosk') return { name: 'kiosk' };
  if (path === '/counter') return { name: 'counter' };
  if (path === '/receptionist') return { name: 'receptionist' };
  if (path === '/setup') return { name: 'setup' };
  if (path === '/settings') return { name: 'settings' };
  if (path === '/buka') return { name: 'reached' };
  if (path === '/tv') {
    const polis = (address.searchParams.get('poli') ?? '').split(',').map((slug) => slug.trim());
    return { name: 'tv', polis: polis.filter(Boolean) };
  }
  const code = /^\/t\/([^/]+)$/.exec(path)?.[1];
  if (code) return { name: 'phone', code: decodeURIComponent(code) };
  return { name: 'unknown', path: address.pathname };
}
