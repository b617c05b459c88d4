// How a priority class looks: its name in the language of the screen, its colour as every theme has it (tokens.css).
import type { Kelas, Warna } from '../api/classes';
import { language } from '../words/language.svelte';

export function classLabel(kelas: Kelas): string {
  return language.current === 'en' ? kelas.nama_en : kelas.nama;
}

export function classColour(warna: Warna): string {
  return `var(--class-${warna.replace('_', '-')})`;
}
