import { expect, test } from 'vitest';
import { inkOnPaper, logoSize } from './logo';

test('a logo fits the paper and is never blown up', () => {
  expect(logoSize(2000, 500)).toEqual({ width: 384, height: 96 });
  expect(logoSize(500, 2000)).toEqual({ width: 24, height: 96 });
  expect(logoSize(10_000, 10)).toEqual({ width: 384, height: 1 });
  expect(logoSize(64, 64)).toEqual({ width: 64, height: 64 });
});

test('what is transparent is paper, colours become shades of grey', () => {
  const pixels = new Uint8ClampedArray([0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 255, 255, 255, 255, 128]);
  inkOnPaper(pixels);
  expect([...pixels]).toEqual([255, 255, 255, 255, 0, 0, 0, 255, 68, 68, 68, 255, 255, 255, 255, 255]);
});
