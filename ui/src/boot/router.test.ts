// Going back and forth between screens, and never away from what somebody typed.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fit, Router } from './router.svelte';

let router: Router;
let stop: () => void;
let asked: number;
beforeEach(() => {
  history.replaceState(null, '', '/counter');
  router = new Router();
  stop = router.start();
  asked = 0;
});
afterEach(() => stop());

const answer = (yes: boolean) => {
  router.ask = () => {
    asked += 1;
    return Promise.resolve(yes);
  };
};
const back = () => history.back();
const at = (path: string) => expect.poll(() => [location.pathname, router.path]).toEqual([path, path]);

describe('router', () => {
  test('goes there and back', async () => {
    await router.go('/settings');
    await router.go('/settings/staff?cari=rina');
    expect([router.path, router.query.get('cari'), router.moves]).toEqual(['/settings/staff', 'rina', 2]);
    back();
    await at('/settings');
    expect(router.query.get('cari')).toBeNull();
    back();
    await at('/counter');
  });

  test('a note on a screen is in its address and is no step', async () => {
    await router.go('/receptionist');
    router.note({ status: 'menunggu', cari: '' });
    expect(location.search).toBe('?status=menunggu');
    router.note({ status: '' });
    expect([location.search, router.moves]).toEqual(['', 1]);
    back();
    await at('/counter');
  });

  test('a screen with unsaved words is left only after a question', async () => {
    let dirty = true;
    router.guard(() => dirty);
    answer(false);
    await router.go('/settings');
    expect([router.path, asked]).toEqual(['/counter', 1]);
    answer(true);
    await router.go('/settings');
    expect(router.path).toBe('/settings');
    dirty = false;
    await router.go('/receptionist');
    expect(asked).toBe(2);
  });

  test('back is asked about too, and stays where it was', async () => {
    await router.go('/receptionist');
    await router.go('/settings');
    back();
    await at('/receptionist');
    await router.go('/settings');
    router.guard(() => true);
    answer(false);
    back();
    await expect.poll(() => asked).toBe(1);
    await at('/settings');
    answer(true);
    back();
    await at('/receptionist');
  });

  test('a document is not closed over unsaved words without a question', () => {
    const leaving = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(leaving()).toBe(false);
    const release = router.guard(() => true);
    expect(leaving()).toBe(true);
    release();
    expect(leaving()).toBe(false);
  });

  test('links of this page are followed here, others are not', () => {
    document.body.innerHTML = '<a data-screen href="/settings"><b>x</b></a><a href="/kiosk">y</a>';
    const click = (selector: string, more: MouseEventInit = {}) => {
      const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...more });
      document.querySelector(selector)!.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(click('b')).toBe(true);
    expect(click('b', { ctrlKey: true })).toBe(false);
  });
});

test.each([
  ['/counter/:loket?', '/counter', {}],
  ['/counter/:loket?', '/counter/3/', { loket: '3' }],
  ['/counter/:loket?', '/counter/3/4', null],
  ['/settings/staff/:id', '/settings/staff', null],
  ['/settings', '/counter', null],
])('%s and %s', (pattern, path, found) => expect(fit(pattern, path)).toEqual(found));
