import { beforeAll, describe, expect, it } from 'vitest';
import { patientView } from '../../../data/builders';
import { language } from '../../../words/language.svelte';
import { put } from '../../../words/texts';
import words from '../../../../../assets/texts/id/patients.json';
import { ageText, bornText, deedText, fieldChanges, lastDigits, phoneText } from './words';

beforeAll(() => {
  put('id', 'patients', words);
  language.current = 'id';
});

describe('a patient in words', () => {
  it.each([
    ['1990-08-17', '36 th'],
    ['1990-11-26', '36 th'],
    ['1990-11-27', '35 th'],
    ['2024-11-27', '23 bln'],
    ['2024-11-26', '2 th'],
    ['2026-11-26', '0 bln'],
    ['2027-01-01', '0 bln'],
    ['2024-02-29', '2 th'],
  ])('%s is %s', (born, age) => {
    expect(ageText(born, '2026-11-26')).toBe(age);
  });

  it('says what is known and leaves out what is not', () => {
    const known = patientView({ tgl_lahir: '1990-08-17', jenis_kelamin: 'P' });
    expect(bornText(known, '2026-11-26')).toBe('17 Agu 1990 · 36 th · P');
    expect(bornText(patientView({ jenis_kelamin: 'L' }), '2026-11-26')).toBe('L');
    expect(bornText(patientView({}), '2026-11-26')).toBe('');
  });

  it('writes telephones as people do and shows no more of a card than its end', () => {
    expect(phoneText('+6281234567890')).toBe('0812-3456-7890');
    expect(phoneText('+62411494014')).toBe('0411494014');
    expect(phoneText('+60123456789')).toBe('+60123456789');
    expect(phoneText(null)).toBe('');
    expect(lastDigits('7371115708900001')).toBe('•••• 0001');
    expect(lastDigits(null)).toBe('');
  });

  it('tells what was changed field by field, and which record a merge was with', () => {
    const noted = {
      at: '',
      oleh: 'Rina',
      apa: 'merge',
      sebelum: {},
      sesudah: { dari: '000042', nik: '7371' },
    };
    expect(deedText(noted)).toBe('Digabungkan dari (No. RM 000042)');
    expect(fieldChanges(noted)).toEqual([{ label: 'NIK', before: '', after: '7371' }]);
    expect(deedText({ ...noted, apa: 'newer', sesudah: {} })).toBe('newer');
  });
});
