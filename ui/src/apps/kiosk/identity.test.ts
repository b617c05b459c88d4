// Digits alone say whose they are.
import { expect, test } from 'vitest';
import { digitsOf, identityOf, inFours, masked } from './identity';

test.each([
  ['0001234567890', 'no_bpjs'],
  ['1234567890123', 'no_bpjs'],
  ['7371111708900001', 'nik'],
  ['081234567890', 'no_hp'],
  ['0812 3456 7890', 'no_hp'],
  // Thirteen digits, and no card begins so.
  ['0812345678901', 'no_hp'],
  ['6281234567890', 'no_hp'],
  ['0411872345', 'no_hp'],
])('%s is a %s', (typed, field) => {
  expect(identityOf(typed)).toEqual({ field, digits: typed.replace(/ /g, '') });
});

test.each(['', '0812', '000123456789', '73711117089000', '123456789012', 'kartu'])(
  '"%s" is none of them yet',
  (typed) => {
    expect(identityOf(typed)).toBeNull();
  },
);

test('more digits than any number has are not taken', () => {
  expect(digitsOf('7371-1117-0890-0001-99')).toBe('7371111708900001');
});

test('digits are read in fours, and only the last four are shown to others', () => {
  expect(inFours('7371111708900001')).toBe('7371 1117 0890 0001');
  expect(inFours('0812')).toBe('0812');
  expect(masked({ field: 'nik', digits: '7371111708900001' })).toBe('•••• 0001');
});
