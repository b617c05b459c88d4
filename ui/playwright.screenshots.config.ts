// Pictures of every screen for the documentation: `npm run screenshots`, written to SHOTS_DIR (default ../docs/images). Where
// libfaketime is installed (Debian: `faketime`) they show a Wednesday at 09.42 and not the night in which they were taken.
import { existsSync } from 'node:fs';
import base from './playwright.config';

const LIBRARIES = ['x86_64', 'aarch64'].map((cpu) => `/usr/lib/${cpu}-linux-gnu/faketime/libfaketime.so.1`);
process.env.LOBI_FAKETIME ??= '@2026-11-25 01:42:00';
process.env.LOBI_FAKETIME_LIB ??= LIBRARIES.find(existsSync) ?? '';

export default { ...base, testMatch: ['screenshots.ts', 'first-day.spec.ts'], timeout: 180_000 };
