// What a TV asks of the hub beside the calls.
import { ask } from './client';
import type { RoomCounters, RoomRules, ScreenPlan } from './types';

export const room = {
  /** What this TV is to show. */
  screen: (machine: string) =>
    ask<ScreenPlan>((hub, signal) =>
      hub.GET('/api/screens/{machine}', { signal, params: { path: { machine } } }),
    ),
  /** What all TVs keep to. */
  rules: () => ask<RoomRules>((hub, signal) => hub.GET('/api/room', { signal })),
  /** The counters as the room sees them. */
  counters: () => ask<RoomCounters>((hub, signal) => hub.GET('/api/loket', { signal })),
};
