// The words of the wire as the screens use them, taken from the hub's own description (schema.d.ts).
import type { components } from './schema';

type Schemas = components['schemas'];

/** The hub always sends every field and says null where there is nothing; OpenAPI can only call such a field optional. */
type Filled<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

export type Status = Schemas['Status'];
export type Poli = Schemas['Poli'];
/** A ticket as public screens may see it: no code, nothing about a person. */
export type LiveTicket = Filled<Schemas['LiveTicket']>;
export type Ticket = Filled<Schemas['TicketView']>;
export type DeskTicket = Filled<Schemas['DashboardTicket']>;
export type Site = Filled<Schemas['SiteView']>;
export type Service = Filled<Schemas['OpenService']>;
export type User = Schemas['User'];
export type Stats = Filled<Schemas['Stats']>;
export type Upcoming = Schemas['Upcoming'];

export type Display = Omit<Schemas['Display'], 'current' | 'recent'> & {
  current: LiveTicket[];
  recent: LiveTicket[];
};
export type Counter = Omit<Schemas['CounterView'], 'current'> & { current: LiveTicket | null };
export type Desk = Omit<Filled<Schemas['Dashboard']>, 'tickets' | 'stats'> & {
  tickets: DeskTicket[];
  stats: Stats;
};
export type Services = { services: Service[]; seq: number };
export type Session = { token: string; user: User };
