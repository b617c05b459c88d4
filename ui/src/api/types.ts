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
export type Session = Schemas['LoggedIn'];
export type Spoken = Schemas['Spoken'];
export type Announcement = Schemas['Announcement'];
export type PaperView = Schemas['PaperView'];
export type Machine = Schemas['Machine'];
export type MachineReport = Schemas['MachineReport'];
export type DeviceReport = Schemas['DeviceReport'];
export type DeviceKind = Schemas['DeviceKind'];
export type DeviceState = Schemas['DeviceState'];
export type VoiceAnswer = Schemas['VoiceAnswer'];
export type ScreenPlan = Schemas['ScreenPlan'];
export type RoomCounters = Schemas['DisplayCounters'];
export type RoomCounter = RoomCounters['loket'][number];
export type RoomRules = Schemas['Room'];
