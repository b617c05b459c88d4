// The four things a machine can be, with their pictures and words.
import Monitor from '@lucide/svelte/icons/monitor';
import ScanQrCode from '@lucide/svelte/icons/scan-qr-code';
import TicketCheck from '@lucide/svelte/icons/ticket-check';
import Tv from '@lucide/svelte/icons/tv';
import type { Mode } from '../../host';
import type { PlainKey } from '../../words/texts';

export const MODES: { mode: Mode; icon: typeof Tv; title: PlainKey; lead: PlainKey }[] = [
  { mode: 'kiosk', icon: TicketCheck, title: 'start.kiosk', lead: 'start.kiosk_lead' },
  { mode: 'counter', icon: Monitor, title: 'start.counter', lead: 'start.counter_lead' },
  { mode: 'tv', icon: Tv, title: 'start.tv', lead: 'start.tv_lead' },
  { mode: 'receptionist', icon: ScanQrCode, title: 'start.receptionist', lead: 'start.receptionist_lead' },
];
