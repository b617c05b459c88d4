// Nobody stands before a broken device without being told what to do.
import { expect, test } from 'vitest';
import { deviceWords } from './device-words';
import { t } from './language.svelte';

const CODES = {
  printer: [
    ...['offline', 'wrong_address', 'out_of_paper', 'cover_open', 'cutter', 'printer_error', 'hung_up'],
    ...['not_found', 'not_allowed', 'busy', 'unsupported', 'paper_near_end'],
  ],
  speaker: ['no_engine', 'no_voice', 'hung', 'died', 'mute'],
  camera: ['not_found', 'busy', 'unplugged', 'black', 'frozen', 'denied', 'unreadable'],
} as const;

test.each(Object.entries(CODES))('every fault of a %s has a name and a remedy', (kind, codes) => {
  for (const code of codes) {
    const { problem, todo } = deviceWords(kind as keyof typeof CODES, code);
    expect(problem, code).not.toContain(code.includes('_') ? code : '(');
    expect(todo, code).not.toBe(t('devices.unknown_do'));
  }
});

test('a fault that came while a ticket was printed has the words of the fault', () => {
  expect(deviceWords('printer', 'out_of_paper_midway')).toEqual(deviceWords('printer', 'out_of_paper'));
});

test('a fault that this interface does not know yet is named by its code', () => {
  expect(deviceWords('printer', 'on_fire').problem).toBe('ada gangguan (on_fire)');
});

test.each([
  ['mute', 'TV lantai 2: suara mati – sentuh layarnya sekali, lalu periksa pengeras suara'],
  ['hung', 'TV lantai 2: suara tidak menjawab – nyalakan ulang perangkatnya'],
  ['died', 'TV lantai 2: suara berhenti di tengah panggilan – nyalakan ulang perangkatnya bila berulang'],
  ['no_engine', 'TV lantai 2: mesin suara tidak ada – pasang mesin suara atau rekaman suara'],
  [
    'no_voice',
    'TV lantai 2: suara untuk bahasa panggilan tidak ada – pasang suara bahasa itu di perangkatnya',
  ],
])('a TV whose voice is %s is a sentence at the counter', (code, sentence) => {
  const { problem, todo } = deviceWords('speaker', code);
  expect(t('devices.alert', { nama: 'TV lantai 2', masalah: problem, tindakan: todo })).toBe(sentence);
});
