// Speeds seen in the browser: `npm run measure`, printed, never asserted.
import base from './playwright.config';

export default { ...base, testMatch: ['measure.ts', 'soak.ts'] };
