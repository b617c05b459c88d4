// The words of the wire as the screens use them, taken from the hub's own description (schema.d.ts).
import type { components } from './schema';

type Schemas = components['schemas'];

export type Status = Schemas['Status'];
export type Poli = Schemas['Poli'];
/** A ticket as public screens may see it: no code, nothing about a person. */
export type LiveTicket = Schemas['LiveTicket'];
export type Ticket = Schemas['TicketView'];
export type DeskTicket = Schemas['DashboardTicket'];
export type Site = Schemas['SiteView'];
export type Service = Schemas['OpenService'];
export type User = Schemas['User'];
export type Stats = Schemas['Stats'];
export type Upcoming = Schemas['Upcoming'];
export type Display = Schemas['Display'];
export type Counter = Schemas['CounterView'];
export type Desk = Schemas['Dashboard'];
export type Services = Schemas['Services'];
export type Session = Pick<Schemas['LoggedIn'], 'token' | 'user'>;
