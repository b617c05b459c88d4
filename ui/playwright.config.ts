// The browser day: one real hub per test file, real Chromium; the tests of a file one at a time, two files side by side.
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const chromium = {
  browserName: 'chromium' as const,
  launchOptions: {
    executablePath: process.env.LOBI_CHROMIUM ?? INSTALLED.find((path) => existsSync(path)) ?? INSTALLED[0]!,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
    ],
  },
};

export default defineConfig({
  // A build machine with two busy cores may lose a race once; what fails twice is broken. At a desk nothing is hidden.
  retries: process.env.CI ? 1 : 0,
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  workers: 2,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { ...chromium, locale: 'id-ID', viewport: { width: 1366, height: 768 } },
});
