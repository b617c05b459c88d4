// Pictures of every screen for the documentation: `npm run screenshots`, written to SHOTS_DIR (default ../docs/images).
import base from './playwright.config';

export default { ...base, testMatch: 'screenshots.ts', timeout: 180_000 };
