// What an admin asks of the hub about other programs that are told what happens.
import { ask, keyed } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Webhook = Schemas['WebhookView'];
export type Webhooks = Schemas['Webhooks'];
export type Delivery = Schemas['DeliveryView'];
export type WebhookTested = Schemas['WebhookTested'];

/** The hub waits ten seconds for the other program. */
const TEST_PATIENCE_MS = 15_000;

const at = (id: number) => ({ params: { path: { id } } });

export const webhooks = {
  list: () => ask<Webhooks>((hub, signal) => hub.GET('/api/webhooks', { signal })),
  /** The secret is told this once. */
  add: (body: Schemas['SetWebhook']) =>
    ask<Schemas['NewWebhook']>((hub, signal) => hub.POST('/api/webhooks', { signal, body })),
  change: (id: number, body: Schemas['SetWebhook'], key: string) =>
    ask<Webhooks>((hub, signal) =>
      hub.PUT('/api/webhooks/{id}', { signal, body, headers: keyed(key), ...at(id) }),
    ),
  remove: (id: number, key: string) =>
    ask<void>((hub, signal) => hub.DELETE('/api/webhooks/{id}', { signal, headers: keyed(key), ...at(id) })),
  renewSecret: (id: number) =>
    ask<Schemas['NewWebhook']>((hub, signal) => hub.POST('/api/webhooks/{id}/secret', { signal, ...at(id) })),
  /** Waits for what the other program says. */
  test: (id: number) =>
    ask<WebhookTested>(
      (hub, signal) => hub.POST('/api/webhooks/{id}/test', { signal, ...at(id) }),
      TEST_PATIENCE_MS,
    ),
  resend: (id: number, key: string) =>
    ask<Schemas['Resent']>((hub, signal) =>
      hub.POST('/api/webhooks/{id}/resend', { signal, headers: keyed(key), ...at(id) }),
    ),
  deliveries: (id: number, per_page: number) =>
    ask<Schemas['Deliveries']>((hub, signal) =>
      hub.GET('/api/webhooks/{id}/deliveries', { signal, params: { path: { id }, query: { per_page } } }),
    ),
};
