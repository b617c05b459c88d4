// What the receptionist's screen asks of the hub.
import { ask, keyed } from './client';
import type { components } from './schema';
import type { Desk, Status, Ticket } from './types';

/** Which of today's tickets, of all services of the staff member. */
export interface DayQuery {
  cari?: string | undefined;
  status?: Status | undefined;
  page?: number;
  per_page: number;
}

/** What somebody who cannot use the kiosk says at the desk. */
export type Visitor = Pick<
  components['schemas']['Register'],
  'nama' | 'nik' | 'no_bpjs' | 'no_hp' | 'pasien' | 'kelas' | 'alur'
>;

export const reception = {
  day: (query: DayQuery) =>
    ask<Desk>((hub, signal) =>
      hub.GET('/api/dashboard/queues', {
        signal,
        params: {
          query: {
            per_page: query.per_page,
            ...(query.page ? { page: query.page } : {}),
            ...(query.cari ? { cari: query.cari } : {}),
            ...(query.status ? { status: query.status } : {}),
          },
        },
      }),
    ),
  /** `cetak`: a printer of this desk will print it at once. `sure`: an odd NIK was compared with the card. */
  issue: (poli: string, visitor: Visitor, cetak: boolean, sure: boolean, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/register', {
        signal,
        body: {
          poli,
          cara_daftar: 'offline',
          ...visitor,
          ...(cetak ? { cetak } : {}),
          ...(visitor.nik && !sure ? { periksa_nik: true } : {}),
        },
        headers: keyed(key),
      }),
    ),
};
