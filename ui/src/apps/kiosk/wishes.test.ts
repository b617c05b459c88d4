// A wish outlives its page, and never its visitor.
import { describe, expect, test } from 'vitest';
import type { Memory } from '../../host';
import { KEEP_KEY_MS, STILL_THERE_MS, Wishes } from './wishes';

function memory(kept: string | null = null): Memory {
  return { read: () => kept, write: (_, value) => void (kept = value) };
}

describe('wishes', () => {
  test('a page loaded again knows the wish of the one before', () => {
    const kept = memory();
    const wish = new Wishes(kept, () => 1_000).for('umum', true, 'en');
    const again = new Wishes(kept, () => 1_000 + STILL_THERE_MS - 1);
    expect(again.latest).toEqual(wish);
    expect(again.for('umum', false, 'id')).toEqual(wish);
  });

  test('the last of two is asked again, the first keeps its key', () => {
    const kept = memory();
    const before = new Wishes(kept, () => 0);
    const first = before.for('umum', false, 'id');
    before.for('gigi', false, 'id');
    const again = new Wishes(kept, () => 0);
    expect(again.latest?.slug).toBe('gigi');
    expect(again.for('umum', false, 'id').key).toBe(first.key);
  });

  test('the same service said with a class is another wish', () => {
    const wishes = new Wishes(memory(), () => 0);
    const plain = wishes.for('umum', false, 'id');
    const lansia = wishes.for('umum', false, 'id', 'lansia');
    expect(lansia.key).not.toBe(plain.key);
    expect(wishes.for('umum', false, 'id', 'lansia').key).toBe(lansia.key);
  });

  test('said by somebody it is another wish, and who they are is never written down', () => {
    const kept = memory();
    const wishes = new Wishes(kept, () => 0);
    const plain = wishes.for('umum', false, 'id');
    const who = { field: 'nik', digits: '7371111708900001' } as const;
    const siti = wishes.for('umum', false, 'id', null, who);
    expect(siti.key).not.toBe(plain.key);
    expect(wishes.for('umum', true, 'en', null, who)).toBe(siti);
    expect(kept.read('')).not.toContain('7371');
    expect(new Wishes(kept, () => 0).latest?.key).toBe(plain.key);
  });

  test('one that was answered is forgotten', () => {
    const kept = memory();
    const before = new Wishes(kept, () => 0);
    before.end(before.for('umum', false, 'id'));
    expect(kept.read('')).toBeNull();
    expect(new Wishes(kept, () => 0).latest).toBeUndefined();
  });

  test('whoever asked a minute ago has left, but the next touch is still the same wish', () => {
    const kept = memory();
    const wish = new Wishes(kept, () => 0).for('umum', false, 'id');
    const again = new Wishes(kept, () => STILL_THERE_MS);
    expect(again.latest).toBeUndefined();
    expect(again.for('umum', false, 'id').key).toBe(wish.key);
  });

  test.each([KEEP_KEY_MS, -KEEP_KEY_MS])(
    'after %i ms, forward or back, the next visitor is another one',
    (later) => {
      const kept = memory();
      const wish = new Wishes(kept, () => 0).for('umum', false, 'id');
      const again = new Wishes(kept, () => later);
      expect(again.latest).toBeUndefined();
      expect(again.for('umum', false, 'id').key).not.toBe(wish.key);
    },
  );

  test.each(['', '{', '7', '[null]', '[{"slug":"umum"}]'])('a torn memory (%s) is none', (torn) => {
    expect(new Wishes(memory(torn)).latest).toBeUndefined();
  });
});
