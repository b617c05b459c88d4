// The oldest browsers that Lobi is built for: smart TVs sold in 2020 and 2021, and phones that get no updates any more.

/** What Vite lowers JavaScript and CSS to. Chromium 68 is in webOS 5 and in many Android TVs, Safari 12 in an iPhone 5s. */
export const OLDEST = ['chrome68', 'firefox68', 'safari12'];

/** For the judges. */
export const OLDEST_CHROMIUM = 68;

/** For people. */
export const OLDEST_WORDS = 'Chrome 68, Firefox 68, Safari 12';
