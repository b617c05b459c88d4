// Keys of a scanner and of people, with their times.
import { describe, expect, test } from 'vitest';
import { readScan, Scanner } from './scanner';

function type(scanner: Scanner, text: string, gap: number, from = 0): number {
  let at = from;
  for (const key of text) {
    expect(scanner.press(key, at)).toBeNull();
    at += gap;
  }
  return at;
}

describe('scanner', () => {
  test('a fast text that ends with Enter is a scan', () => {
    const scanner = new Scanner();
    const at = type(scanner, '7K3M9-QX2T4', 12);
    expect(scanner.press('Enter', at)).toBe('7K3M9-QX2T4');
  });

  test('a scanner that ends with Tab is one too', () => {
    const scanner = new Scanner();
    expect(scanner.press('Tab', type(scanner, '7K3M9QX2T4', 30))).toBe('7K3M9QX2T4');
  });

  test('the shift keys between the letters are no letters', () => {
    const scanner = new Scanner();
    scanner.press('Shift', 0);
    scanner.press('A', 3);
    scanner.press('Shift', 6);
    scanner.press('B', 9);
    scanner.press('1', 12);
    scanner.press('2', 15);
    expect(scanner.press('Enter', 18)).toBe('AB12');
  });

  test('a person is no scanner, however short the text', () => {
    const scanner = new Scanner();
    expect(scanner.press('Enter', type(scanner, '7K3M9QX2T4', 110))).toBeNull();
    expect(scanner.press('Enter', type(scanner, 'A12', 10, 5_000))).toBeNull();
  });

  test('an Enter that comes late belongs to a person', () => {
    const scanner = new Scanner();
    expect(scanner.press('Enter', type(scanner, '7K3M9QX2T4', 12) + 500)).toBeNull();
  });

  test('what was typed slowly before does not become part of the scan', () => {
    const scanner = new Scanner();
    const at = type(scanner, 'siti', 140);
    expect(scanner.press('Enter', type(scanner, '7K3M9QX2T4', 10, at + 200))).toBe('7K3M9QX2T4');
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
    expect(scanner.press('Enter', type(scanner, 'A012A', 10))).toBe('A012A');
    expect(scanner.press('Enter', type(scanner, 'B034B', 10, 300))).toBe('B034B');
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
