// The colour of a priority class, as every theme has it (tokens.css).
import type { Warna } from '../api/classes';

export function classColour(warna: Warna): string {
  return `var(--class-${warna.replace('_', '-')})`;
}
