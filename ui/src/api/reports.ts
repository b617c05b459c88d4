// What a day, a week, a month, a year was like.
import { ask } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Report = Schemas['ReportAnswer'];
export type Durations = Schemas['Durations'];
export type HourReport = Schemas['HourReport'];
export type Reviews = Schemas['Reviews'];
export type Span = 'daily' | 'weekly' | 'monthly' | 'yearly';

export const reports = {
  /** The report of the day, week, month or year that `day` lies in. */
  of: (span: Span, day: string) =>
    ask<Report>((hub, signal) => {
      if (span === 'yearly')
        return hub.GET('/api/reports/yearly', { signal, params: { query: { year: day.slice(0, 4) } } });
      if (span === 'monthly')
        return hub.GET('/api/reports/monthly', { signal, params: { query: { month: day.slice(0, 7) } } });
      const query = { signal, params: { query: { date: day } } };
      return span === 'weekly' ? hub.GET('/api/reports/weekly', query) : hub.GET('/api/reports/daily', query);
    }),
  /** What visitors thought of their visits of those days, the newest first. */
  reviews: (dari: string, sampai: string, per_page: number) =>
    ask<Reviews>((hub, signal) =>
      hub.GET('/api/reviews', { signal, params: { query: { dari, sampai, per_page } } }),
    ),
};
