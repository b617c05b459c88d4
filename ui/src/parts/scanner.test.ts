// Keys of a scanner and of people, with their times.
import { describe, expect, test, vi } from 'vitest';
import { readScan, Scanner } from './scanner';

function type(scanner: Scanner, text: string, gap: number, from = 0): number {
  let at = from;
  for (const key of text) {
    expect(scanner.press(key, at)).toBeNull();
    at += gap;
  }
  return at;
}

/** A fast typist: no two gaps alike. */
const PERSON = [95, 130, 80, 145, 70, 110, 140, 62, 125];

function typeAs(scanner: Scanner, text: string, gaps: number[], from = 0): number {
  let at = from;
  [...text].forEach((key, index) => {
    expect(scanner.press(key, at)).toBeNull();
    at += gaps[index % gaps.length]!;
  });
  return at;
}

describe('scanner', () => {
  test('a fast text that ends with Enter is a scan', () => {
    const scanner = new Scanner();
    const at = type(scanner, '7K3M9-QX2T4', 12);
    expect(scanner.press('Enter', at)).toMatchObject({ text: '7K3M9-QX2T4', usual: 12, suffix: 'Enter' });
  });

  test('a scanner that ends with Tab is one too', () => {
    const scanner = new Scanner();
    expect(scanner.press('Tab', type(scanner, '7K3M9QX2T4', 30))?.text).toBe('7K3M9QX2T4');
  });

  test('the shift keys between the letters are no letters', () => {
    const scanner = new Scanner();
    scanner.press('Shift', 0);
    scanner.press('A', 3);
    scanner.press('Shift', 6);
    scanner.press('B', 9);
    scanner.press('1', 12);
    scanner.press('2', 15);
    expect(scanner.press('Enter', 18)?.text).toBe('AB12');
  });

  test('a person is no scanner, however short the text', () => {
    const scanner = new Scanner();
    expect(scanner.press('Enter', typeAs(scanner, '7K3M9QX2T4', PERSON))).toBeNull();
    expect(scanner.press('Enter', type(scanner, 'A12', 10, 5_000))).toBeNull();
  });

  test('an Enter that comes late belongs to a person', () => {
    const scanner = new Scanner();
    expect(scanner.press('Enter', type(scanner, '7K3M9QX2T4', 12) + 500)).toBeNull();
  });

  test('what was typed slowly before does not become part of the scan', () => {
    const scanner = new Scanner();
    const at = type(scanner, 'siti', 140);
    expect(scanner.press('Enter', type(scanner, '7K3M9QX2T4', 10, at + 200))?.text).toBe('7K3M9QX2T4');
  });

  test('the first key of a scan is not yet known as one, the second is', () => {
    const scanner = new Scanner();
    scanner.press('N', 0);
    expect(scanner.running).toBe(false);
    scanner.press('0', 12);
    expect(scanner.running).toBe(true);
  });

  test('two scans follow each other', () => {
    const scanner = new Scanner();
    expect(scanner.press('Enter', type(scanner, 'A012A', 10))).toMatchObject({ text: 'A012A' });
    expect(scanner.press('Enter', type(scanner, 'B034B', 10, 300))).toMatchObject({ text: 'B034B' });
  });
});

describe('slow scanners and those with other ends', () => {
  const CODE = '7K3M9QX2T4';
  const ADDRESS = 'http://192.168.1.5:4040/t/7K3M9QX2T4';

  test.each([61, 80, 120, 149])('one key every %i ms is read, with Enter, with Tab and without', (gap) => {
    for (const end of ['Enter', 'Tab']) {
      const scanner = new Scanner();
      expect(scanner.press(end, type(scanner, CODE, gap))).toMatchObject({
        text: CODE,
        usual: gap,
        suffix: end,
      });
    }
    const scanner = new Scanner();
    type(scanner, CODE, gap);
    expect(scanner.pause()).toMatchObject({ text: CODE, suffix: null });
  });

  test.each([70, 149])('a hiccup of %i ms does not cut a scan', (hiccup) => {
    for (const text of [ADDRESS, '3171234567890123']) {
      const scanner = new Scanner();
      const at = type(scanner, text.slice(0, 8), 12);
      const end = type(scanner, text.slice(8), 12, at - 12 + hiccup);
      expect(scanner.press('Enter', end)?.text).toBe(text);
    }
  });

  test('jitter of some milliseconds is still even', () => {
    const scanner = new Scanner();
    expect(scanner.press('Enter', typeAs(scanner, '3171234567890123', [61, 66, 58, 63]))?.text).toHaveLength(
      16,
    );
  });

  test('a short number is read once the pace of the machine is known, and not before', () => {
    const learned = vi.fn();
    const scanner = new Scanner(null, learned);
    expect(scanner.press('Enter', type(scanner, 'A012', 61))).toBeNull();
    scanner.press('Enter', type(scanner, CODE, 61, 5_000));
    expect(learned).toHaveBeenLastCalledWith({ slowest: 61, suffix: 'Enter' });
    expect(scanner.press('Enter', type(scanner, 'A012', 61, 10_000))?.text).toBe('A012');
    expect(new Scanner(learned.mock.lastCall![0]).holdMs).toBeGreaterThan(61);
  });

  test('letters typed just before a scan do not belong to it', () => {
    const scanner = new Scanner();
    const at = type(scanner, 'sit', 120);
    expect(scanner.press('Enter', type(scanner, CODE, 12, at))?.text).toBe(CODE);
  });
});

describe('persons', () => {
  test.each(['Siti Aminah', 'Hasanuddin', '3171234567890123', 'A012'])(
    '%s, typed fast, is no scan',
    (text) => {
      for (const known of [null, { slowest: 120, suffix: null }, { slowest: 61, suffix: 'Tab' }]) {
        const scanner = new Scanner(known);
        typeAs(scanner, text, PERSON);
        expect(scanner.pause()).toBeNull();
        expect(scanner.press('Enter', typeAs(scanner, text, PERSON, 9_000))).toBeNull();
      }
    },
  );

  test('a pause after a few letters reads nothing', () => {
    const scanner = new Scanner();
    type(scanner, 'siti', 50);
    expect(scanner.pause()).toBeNull();
  });

  test('a key that is held down is no scanner', () => {
    const scanner = new Scanner();
    scanner.press('n', 0);
    for (let at = 500; at < 1_500; at += 33) scanner.press('n', at, true);
    expect(scanner.pause()).toBeNull();
  });
});

describe('what a text means', () => {
  test.each([
    ['http://192.168.1.5:4040/t/7K3M9QX2T4', '7K3M9QX2T4'],
    ['https://antrean.example.id/t/7k3m9-qx2t4/', '7K3M9QX2T4'],
    ['HTTP>&&192.168.1.5>4040&T&7K3M9QX2T4', '7K3M9QX2T4'],
    ['7K3M9-QX2T4', '7K3M9QX2T4'],
    [' 7k3m9 qx2t4 ', '7K3M9QX2T4'],
    ['7K3M9QX2T4', '7K3M9QX2T4'],
  ])('%s is a code', (text, code) => {
    expect(readScan(text)).toEqual({ kind: 'code', code });
  });

  test.each([
    ['A012', 'A012'],
    ['/a12', 'A012'],
    ['a12', 'A012'],
    ['B-7', 'B007'],
    ['A1000', 'A1000'],
  ])('%s is a number', (text, nomor) => {
    expect(readScan(text)).toEqual({ kind: 'number', nomor });
  });

  test.each(['Siti', 'Hasanuddin', 'Muh. Fajar', 'https://example.id/promo', ''])('%s is words', (text) => {
    expect(readScan(text)).toEqual({ kind: 'words', words: text });
  });
});
