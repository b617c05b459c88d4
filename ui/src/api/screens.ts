// What an admin asks of the hub about TVs.
import { ask, keyed } from './client';
import type { components } from './schema';
import type { RoomRules, ScreenPlan } from './types';

type Schemas = components['schemas'];
export type Screens = Schemas['Screens'];
export type Screen = Schemas['Screen'];

export const screens = {
  all: () => ask<Screens>((hub, signal) => hub.GET('/api/screens', { signal })),
  changeRoom: (body: RoomRules, key: string) =>
    ask<RoomRules>((hub, signal) => hub.PUT('/api/room', { signal, body, headers: keyed(key) })),
  change: (machine: string, body: ScreenPlan, key: string) =>
    ask<Screens>((hub, signal) =>
      hub.PUT('/api/screens/{machine}', {
        signal,
        body,
        params: { path: { machine } },
        headers: keyed(key),
      }),
    ),
};
