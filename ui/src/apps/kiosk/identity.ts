// Who somebody is, by the digits that they typed or showed to a scanner. The hub checks them; here they are told apart.
import type { Told } from '../../api/client';

export interface Identity {
  /** The field of a registration that the digits belong to. */
  field: keyof Told;
  /** Digits alone. */
  digits: string;
}

/** A NIK has the most. */
export const MOST_DIGITS = 16;

/** A card has 13 digits and begins with 00, a NIK has 16, a telephone begins with 08, another area or 62; null: none of them. */
export function identityOf(typed: string): Identity | null {
  const digits = digitsOf(typed);
  if (digits.length === 16) return { field: 'nik', digits };
  if (/^(0[1-9]|62)\d{7,11}$/.test(digits)) return { field: 'no_hp', digits };
  return digits.length === 13 ? { field: 'no_bpjs', digits } : null;
}

/** Only the digits, as many as can be one of the three. */
export function digitsOf(typed: string): string {
  return typed.replace(/\D/g, '').slice(0, MOST_DIGITS);
}

/** In fours, as people read them aloud. */
export function inFours(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

/** What others in the queue may see of it. */
export function masked({ digits }: Identity): string {
  return `•••• ${digits.slice(-4)}`;
}
