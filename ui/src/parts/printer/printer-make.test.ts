import { expect, test } from 'vitest';
import { CODE_PAGES, MAKES, USUAL, factsOf, fits, partsOf, widthOf } from './printer-make';

test('every make says what a printer can be, and each name stands for one make', () => {
  expect(MAKES.length).toBeGreaterThan(20);
  for (const make of MAKES) {
    const { columns, dots } = partsOf(make.width);
    const letter = Math.floor(Number(dots) / Number(columns));
    expect(letter, make.nama).toBeGreaterThanOrEqual(8);
    expect(letter, make.nama).toBeLessThanOrEqual(24);
    expect(CODE_PAGES).toContain(make.code_page);
    expect(['native', 'dots']).toContain(make.qr);
  }
  expect(new Set(MAKES.map((make) => make.nama)).size).toBe(MAKES.length);
});

test('cheap printers of the public list get their codes as dots', () => {
  for (const nama of ['Zjiang POS5890 Series', 'ZiJiang ZJ-5870 Thermal Receipt Printer', 'Netum NT-5890K']) {
    expect(factsOf(nama)).toMatchObject({ width: '58', qr: 'dots', cutter: false });
  }
  expect(factsOf('Epson TM-T70')).toMatchObject({ width: '42x512', qr: 'native', cutter: true });
  expect(factsOf('no such printer')).toBeNull();
});

test('a make is named as long as nothing about it was changed', () => {
  const facts = factsOf('Epson TM-T70')!;
  expect(fits(facts, 'Epson TM-T70')).toBe(true);
  expect(fits({ ...facts, qr: 'dots' }, 'Epson TM-T70')).toBe(false);
  expect(fits(USUAL, '')).toBe(false);
});

test('a width is typed as two numbers, and the usual ones keep their names', () => {
  for (const width of ['58', '80', '42x512', '30x360']) {
    const { columns, dots } = partsOf(width);
    expect(widthOf(columns, dots)).toBe(width);
  }
  expect(widthOf(' 48 ', '576')).toBe('80');
});
