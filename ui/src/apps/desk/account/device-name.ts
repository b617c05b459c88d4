// What a browser calls itself, in the words of whoever uses it: "Chrome di Windows".

/** The first that fits names it: browsers pretend to be their forerunners, so the special ones come first. */
const BROWSERS: readonly [RegExp, string][] = [
  [/lobi\//i, 'Lobi'],
  [/edg(e|a|ios)?\//i, 'Edge'],
  [/opr\/|opera/i, 'Opera'],
  [/samsungbrowser/i, 'Samsung Internet'],
  [/firefox|fxios/i, 'Firefox'],
  [/chrome|chromium|crios/i, 'Chrome'],
  [/safari|applewebkit/i, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/android/i, 'Android'],
  [/iphone/i, 'iPhone'],
  [/ipad/i, 'iPad'],
  [/windows/i, 'Windows'],
  [/macintosh|mac os/i, 'Mac'],
  [/cros/i, 'Chromebook'],
  [/linux/i, 'Linux'],
];

/** Null when nothing was said; what is not known stays as it was said. */
export function deviceName(said: string): string | null {
  const words = said.trim();
  if (!words) return null;
  const [browser, system] = [BROWSERS, SYSTEMS].map((list) => list.find(([sign]) => sign.test(words))?.[1]);
  if (browser && system) return `${browser} · ${system}`;
  return browser ?? system ?? words.slice(0, 60);
}
