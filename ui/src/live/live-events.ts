// Made by scripts/generate-live.mjs from asyncapi.json: `npm run generate:api`. Not written by hand.
import type { components } from '../api/schema';

type Schemas = components['schemas'];

/** An announcement as TVs get it. */
export interface AnnouncementEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'Announcement';
  data: Schemas['Announcement'];
}

/** A new service day began. */
export interface DayStartedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'DayStarted';
  data: Schemas['DayStarted'];
}

/** Every machine of the site. */
export interface DevicesChangedEvent {
  at: string;
  channel: string;
  type: 'DevicesChanged';
  data: Schemas['Machines'];
}

/** A key for another program was given or taken back. */
export interface KeysChangedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'KeysChanged';
  data: Schemas['KeysChanged'];
}

/** A number was given. */
export interface NewRegistrationEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'NewRegistration';
  data: Schemas['NewRegistration'];
}

/** A printer's word about a number's paper. */
export interface PaperUpdatedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'PaperUpdated';
  data: Schemas['PaperUpdated'];
}

/** A patient's record was begun, changed, or made part of another. Who it is says only the record itself. */
export interface PatientUpdatedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'PatientUpdated';
  data: Schemas['PatientUpdated'];
}

/** Who of the staff is connected. */
export interface PresenceChangedEvent {
  at: string;
  channel: string;
  type: 'PresenceChanged';
  data: Schemas['Present'];
}

/** A number was called. */
export interface QueueCalledEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'QueueCalled';
  data: Schemas['QueueCalled'];
}

/** A visit is over. */
export interface QueueFinishedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'QueueFinished';
  data: Schemas['QueueFinished'];
}

/** A number was called again. */
export interface QueueRecalledEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'QueueRecalled';
  data: Schemas['QueueRecalled'];
}

/** A called visitor did not come. */
export interface QueueSkippedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'QueueSkipped';
  data: Schemas['QueueSkipped'];
}

/** A number was sent on: it waits for another service now. Told on both services' channels. */
export interface QueueTransferredEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'QueueTransferred';
  data: Schemas['QueueTransferred'];
}

/** A number changed in another way: served, returned to the line, cancelled. */
export interface QueueUpdatedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'QueueUpdated';
  data: Schemas['QueueUpdated'];
}

/** What a TV shows was said anew: that TV asks for it. */
export interface ScreenUpdatedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'ScreenUpdated';
  data: Schemas['ScreenUpdated'];
}

/** Somebody signed in. */
export interface SignedInEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'SignedIn';
  data: Schemas['SignedIn'];
}

/** One of somebody's sessions ended: live connections of theirs look whether it was their own. */
export interface SignedOutEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'SignedOut';
  data: Schemas['SignedOut'];
}

/** The site's facts, a service or a counter changed: screens ask for them again. */
export interface SiteUpdatedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'SiteUpdated';
  data: Schemas['SiteUpdated'];
}

/** A colleague was added. */
export interface StaffAddedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'StaffAdded';
  data: Schemas['StaffAdded'];
}

/** Something about a colleague's account changed: names, rights, password, or whether it may sign in. */
export interface StaffChangedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'StaffChanged';
  data: Schemas['StaffChanged'];
}

/** The clip of a word changed: screens that speak ask for their clips again. */
export interface VoiceUpdatedEvent {
  seq: number;
  at: string;
  channel: string;
  type: 'VoiceUpdated';
  data: Schemas['VoiceUpdated'];
}

/** Has a number, and is replayed to whoever missed it. */
export type KeptEvent =
  | AnnouncementEvent
  | DayStartedEvent
  | KeysChangedEvent
  | NewRegistrationEvent
  | PaperUpdatedEvent
  | PatientUpdatedEvent
  | QueueCalledEvent
  | QueueFinishedEvent
  | QueueRecalledEvent
  | QueueSkippedEvent
  | QueueTransferredEvent
  | QueueUpdatedEvent
  | ScreenUpdatedEvent
  | SignedInEvent
  | SignedOutEvent
  | SiteUpdatedEvent
  | StaffAddedEvent
  | StaffChangedEvent
  | VoiceUpdatedEvent;

/** True only now: has no number, and is not replayed. */
export type PassingEvent =
  | DevicesChangedEvent
  | PresenceChangedEvent;

/** Whatever the hub tells on the live feed, apart from a Snapshot of a channel. */
export type HubEvent = KeptEvent | PassingEvent;

/** Every kind of event that these types know. */
export const KINDS: readonly HubEvent['type'][] = [
  'Announcement',
  'DayStarted',
  'DevicesChanged',
  'KeysChanged',
  'NewRegistration',
  'PaperUpdated',
  'PatientUpdated',
  'PresenceChanged',
  'QueueCalled',
  'QueueFinished',
  'QueueRecalled',
  'QueueSkipped',
  'QueueTransferred',
  'QueueUpdated',
  'ScreenUpdated',
  'SignedIn',
  'SignedOut',
  'SiteUpdated',
  'StaffAdded',
  'StaffChanged',
  'VoiceUpdated',
];
