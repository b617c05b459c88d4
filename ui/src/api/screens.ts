// What an admin asks of the hub about TVs.
import { ask, keyed } from './client';
import type { components } from './schema';
import type { ScreenPlan } from './types';

type Schemas = components['schemas'];
export type Screens = Schemas['Screens'];
export type Screen = Schemas['Screen'];

export const screens = {
  all: () => ask<Screens>((hub, signal) => hub.GET('/api/screens', { signal })),
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
