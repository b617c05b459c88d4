// Which report is looked at: it stands in the address, and follows the day while that is today's.
import { reports, type Report, type Span } from '../../../api/reports';
import { router } from '../../../boot/router.svelte';
import { GATHER_MS, Resource } from '../../../data/resource.svelte';
import { site } from '../../../data/site.svelte';
import { isDay, stepped } from './days';

export const SPANS: readonly Span[] = ['daily', 'weekly', 'monthly', 'yearly'];

/** A year is a million numbers to count, and one more changes no figure that anybody reads. */
const YEAR_GATHER_MS = 60_000;

export class ReportPage {
  // Every step of a number tells on this channel; a burst is one look.
  readonly shown = new Resource<Report>(
    () => reports.of(this.span, this.day),
    ['display'],
    () => (this.span === 'yearly' ? YEAR_GATHER_MS : GATHER_MS),
  );

  get span(): Span {
    const said = router.query.get('jenis') as Span;
    return SPANS.includes(said) ? said : 'daily';
  }

  get day(): string {
    const said = router.query.get('tanggal') ?? '';
    return isDay(said) ? said : this.today;
  }

  get today(): string {
    return site.info?.service_day ?? '';
  }

  /** There is nothing to report of days to come. */
  get last(): boolean {
    return (this.shown.data?.sampai ?? this.today) >= this.today;
  }

  look({ span = this.span, day = this.day }: Partial<{ span: Span; day: string }>): void {
    router.note({ jenis: span === 'daily' ? '' : span, tanggal: day === this.today ? '' : day });
    void this.shown.refresh();
  }

  step(by: 1 | -1): void {
    if (by === 1 && this.last) return;
    const day = stepped(this.day, this.span, by);
    this.look({ day: day > this.today ? this.today : day });
  }
}
