// Tickets and events for tests, with only what a test cares about spelled out.
import type { LiveEvent, TicketEvent } from '../live/live';
import type { Patient } from '../api/patients';
import type { DeskTicket, LiveTicket, Service, Ticket } from '../api/types';

const MORNING = Date.parse('2026-11-20T09:00:00+08:00');

/** A moment so many seconds after nine in the morning. */
export function at(seconds: number): string {
  return new Date(MORNING + seconds * 1000).toISOString();
}

export function aTicket(changes: Partial<LiveTicket> = {}): LiveTicket {
  const id = changes.id ?? 1;
  return {
    id,
    nomor_antrean: `A${String(id).padStart(3, '0')}`,
    poli: { slug: 'umum', kode: 'A', nama: 'Poli Umum' },
    status: 'menunggu',
    loket: null,
    untuk_loket: null,
    created_at: at(0),
    kept_from: null,
    called_at: null,
    call_order: null,
    served_at: null,
    finished_at: null,
    recalls: 0,
    paper: { state: 'none', fault: null, copies: 0 },
    ...changes,
  };
}

export function ownTicket(changes: Partial<Ticket> = {}): Ticket {
  return {
    ...aTicket(changes),
    code: '7K3M-9QX2',
    kelas: null,
    hadir: true,
    tanggal: null,
    tahap: [],
    lanjut: [],
    position: 3,
    estimated_wait_minutes: null,
    ...changes,
  };
}

export function deskTicket(changes: Partial<DeskTicket> = {}): DeskTicket {
  return {
    ...ownTicket(changes),
    nama: null,
    pasien: null,
    cara_daftar: 'offline',
    priority: false,
    ...changes,
  };
}

export function called(id: number, second = id, changes: Partial<LiveTicket> = {}): LiveTicket {
  return aTicket({
    id,
    status: 'dipanggil',
    loket: 3,
    called_at: at(second),
    call_order: second,
    ...changes,
  });
}

export function event(seq: number, type: TicketEvent['type'], ticket: LiveTicket): TicketEvent {
  const dari = { slug: 'umum', kode: 'A', nama: 'Poli Umum' };
  const data = { ticket, waiting_count: 7, ...(type === 'QueueTransferred' ? { dari } : {}) };
  return { seq, at: at(seq), channel: 'display', type, data } as TicketEvent;
}

export function newDay(seq: number, kept = 0): LiveEvent {
  return {
    seq,
    at: at(seq),
    channel: 'display',
    type: 'DayStarted',
    data: { service_day: '2026-11-21', closed: {}, kept },
  };
}

export function aService(changes: Partial<Service> = {}): Service {
  return {
    slug: 'umum',
    kode: 'A',
    nama: 'Poli Umum',
    nama_en: 'General Clinic',
    icon: 'stethoscope',
    priority: false,
    waiting_count: 4,
    estimated_wait_minutes: 12,
    tutup: null,
    ...changes,
  };
}

export function patientView(changes: Partial<Patient> = {}): Patient {
  return {
    id: 1,
    no_rm: '000001',
    nama: null,
    nik: null,
    no_bpjs: null,
    tgl_lahir: null,
    jenis_kelamin: null,
    no_hp: null,
    alamat: null,
    email: null,
    diperiksa_at: null,
    created_at: '2026-11-20T09:00:00+08:00',
    bagian_dari: null,
    peringatan: [],
    ...changes,
  };
}
