// What kind of facility this is after all.
import { ask, keyed } from './client';
import type { components } from './schema';

export type Kind = components['schemas']['Facility'];
export type KindChange = components['schemas']['KindChange'];

export const kind = {
  /** What would change; nothing does. */
  look: (jenis: Kind) =>
    ask<KindChange>((hub, signal) =>
      hub.GET('/api/setup/kind/{jenis}', { params: { path: { jenis } }, signal }),
    ),
  change: (jenis: Kind, key: string) =>
    ask<KindChange>((hub, signal) =>
      hub.POST('/api/setup/kind', { body: { jenis }, signal, headers: keyed(key) }),
    ),
};
