// The call that every complete voice pack can say, whatever the service has for a name or a sentence of its own.
import type { LiveTicket, Spoken } from '../../api/types';

/** "Nomor antrean A nol satu dua, silakan ke loket tiga", digit by digit as it stands on the screen. */
export function plainCall(ticket: LiveTicket, language: Spoken['language']): Spoken {
  const letters = [...ticket.nomor_antrean.toLowerCase()].flatMap((one) => {
    if (/[0-9]/.test(one)) return [`angka-${one}`];
    return /[a-z]/.test(one) ? [`huruf-${one}`] : [];
  });
  const where = ticket.loket === null ? [] : ['silakan-ke-loket', ...numberClips(ticket.loket)];
  return { language, sentence: '', clips: ['nomor-antrean', ...letters, ...where] };
}

/** As the hub says a counter: hundreds and the rest; beyond that digit by digit. */
function numberClips(number: number): string[] {
  if (number > 999) return [...String(number)].map((digit) => `angka-${digit}`);
  const [hundreds, rest] = [Math.floor(number / 100), number % 100];
  return [...(hundreds ? [`ratus-${hundreds}`] : []), ...(rest || !hundreds ? [`angka-${rest}`] : [])];
}
