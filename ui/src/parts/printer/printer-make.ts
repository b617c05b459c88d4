// What a printer is, apart from where it is: chosen by its make's name, or said piece by piece.
import makes from '../../../../assets/printers/printers.json';

export interface PrinterMake {
  /** `58`, `80`, or letters and dots in a row: `42x512`. */
  width: string;
  code_page: string;
  qr: string;
  cutter: boolean;
}

/** What nearly every printer without a name is. */
export const USUAL: PrinterMake = { width: '58', code_page: 'pc437', qr: 'native', cutter: true };

export const CODE_PAGES = ['ascii', 'pc437', 'pc858', 'wpc1252'] as const;

/** Makes whose facts are known, by name. */
export const MAKES: readonly (PrinterMake & { nama: string })[] = makes;

/** The make that these facts fit, if somebody chose one; `nama` is what was chosen last. */
export function fits(printer: PrinterMake, nama: string): boolean {
  const make = MAKES.find((one) => one.nama === nama);
  return make !== undefined && FACTS.every((fact) => make[fact] === printer[fact]);
}

/** The facts of the make of that name. */
export function factsOf(nama: string): PrinterMake | null {
  const make = MAKES.find((one) => one.nama === nama);
  if (!make) return null;
  const { width, code_page, qr, cutter } = make;
  return { width, code_page, qr, cutter };
}

const FACTS = ['width', 'code_page', 'qr', 'cutter'] as const;

/** Letters and dots of a width, as two numbers to type. */
export function partsOf(width: string): { columns: string; dots: string } {
  if (width === '58') return { columns: '32', dots: '384' };
  if (width === '80') return { columns: '48', dots: '576' };
  const [columns = '', dots = ''] = width.split('x');
  return { columns, dots };
}

/** What two typed numbers mean. */
export function widthOf(columns: string, dots: string): string {
  const width = `${columns.trim()}x${dots.trim()}`;
  if (width === '32x384') return '58';
  return width === '48x576' ? '80' : width;
}

/** What somebody typed as a network printer: `192.168.1.50` means port 9100 there. Empty stays empty: no printer. */
export function printerAddress(typed: string): string {
  const words = typed.trim();
  if (!words || words.includes('://')) return words;
  return `tcp://${/:\d+$/.test(words) ? words : `${words}:9100`}`;
}
