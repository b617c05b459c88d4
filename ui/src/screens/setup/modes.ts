// The four things a machine can be, with their pictures and words.
import { Monitor, ScanQrCode, TicketCheck, Tv } from '@lucide/svelte';
import type { Mode } from '../../host';
import type { TextKey } from '../../texts';

export const MODES: { mode: Mode; icon: typeof Tv; title: TextKey; lead: TextKey }[] = [
  { mode: 'kiosk', icon: TicketCheck, title: 'start.kiosk', lead: 'start.kiosk_lead' },
  { mode: 'counter', icon: Monitor, title: 'start.counter', lead: 'start.counter_lead' },
  { mode: 'tv', icon: Tv, title: 'start.tv', lead: 'start.tv_lead' },
  { mode: 'receptionist', icon: ScanQrCode, title: 'setup.receptionist', lead: 'setup.receptionist_lead' },
];
