// What is asked of the hub about opening hours, quotas and holidays.
import { ask, keyed } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Hours = Schemas['Hours'];
export type Span = Schemas['Span'];
export type Holiday = Schemas['Holiday'];
type HolidayList = Schemas['HolidayList'];

export const hours = {
  change: (slug: string, body: Hours, key: string) =>
    ask<Hours>((hub, signal) =>
      hub.PUT('/api/services/{slug}/hours', {
        signal,
        body,
        params: { path: { slug } },
        headers: keyed(key),
      }),
    ),
  holidays: () => ask<HolidayList>((hub, signal) => hub.GET('/api/holidays', { signal })),
  changeHolidays: (libur: Holiday[], key: string) =>
    ask<HolidayList>((hub, signal) =>
      hub.PUT('/api/holidays', { signal, body: { libur }, headers: keyed(key) }),
    ),
};
