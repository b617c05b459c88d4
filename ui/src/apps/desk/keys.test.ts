// A key at the counter calls people: it must never fire by accident.
import { describe, expect, test } from 'vitest';
import { actionOf, placeOf, type KeyPlace, type KeyPress } from './keys';

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  repeat: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...changes,
});
const desk: KeyPlace = { typing: false, dialog: false, control: false };

describe('counter keys', () => {
  test.each([
    [' ', 'next'],
    ['Enter', 'finish'],
    ['l', 'serve'],
    ['L', 'serve'],
    ['u', 'recall'],
    ['s', 'skip'],
    ['p', 'announce'],
    ['/', 'search'],
    ['?', 'help'],
  ])('%j means %s', (key, action) => expect(actionOf(press(key), desk)).toBe(action));

  test('a key held down acts once', () => expect(actionOf(press(' ', { repeat: true }), desk)).toBeNull());

  test('shortcuts of the browser are left alone', () => {
    expect(actionOf(press('l', { ctrlKey: true }), desk)).toBeNull();
    expect(actionOf(press('s', { metaKey: true }), desk)).toBeNull();
    expect(actionOf(press('u', { altKey: true }), desk)).toBeNull();
  });

  test('typing a name calls nobody', () => {
    for (const key of [' ', 'Enter', 's', 'l', 'u', '/'])
      expect(actionOf(press(key), { ...desk, typing: true })).toBeNull();
  });

  test('an open dialog or menu takes all keys', () => {
    for (const key of [' ', 'Enter', 's']) expect(actionOf(press(key), { ...desk, dialog: true })).toBeNull();
  });

  test('Space and Enter belong to a focused button, letters do not', () => {
    const control = { ...desk, control: true };
    expect(actionOf(press(' '), control)).toBeNull();
    expect(actionOf(press('Enter'), control)).toBeNull();
    expect(actionOf(press('s'), control)).toBe('skip');
  });

  test('the place is read from what has the focus', () => {
    document.body.innerHTML = '<input id="a"><button id="b"><i id="c"></i></button><main id="d"></main>';
    const at = (id: string) => placeOf(document.getElementById(id), false);
    expect(at('a').typing).toBe(true);
    expect(at('c').control).toBe(true);
    expect(at('d')).toEqual(desk);
  });
});
