// The words of the wire as the screens use them.

export type Status = 'menunggu' | 'dipanggil' | 'sedang_dilayani' | 'selesai' | 'dilewati' | 'batal';
export type Role = 'admin' | 'petugas';

export interface Poli {
  slug: string;
  kode: string;
  nama: string;
}

/** A ticket as public screens may see it: no code, nothing about a person. */
export interface LiveTicket {
  id: number;
  nomor_antrean: string;
  poli: Poli;
  status: Status;
  loket: number | null;
  created_at: string;
  called_at: string | null;
  served_at: string | null;
  finished_at: string | null;
  recalls: number;
}

export interface Ticket extends LiveTicket {
  code: string;
  /** 1 = next; only while waiting. */
  position: number | null;
  /** Null when there is too little to say. */
  estimated_wait_minutes: number | null;
}

export interface DeskTicket extends Ticket {
  nama: string | null;
  cara_daftar: 'online' | 'offline';
  priority: boolean;
}

export interface Site {
  name: string;
  city: string;
  zone: 'WIB' | 'WITA' | 'WIT';
  utc_offset: string;
  info: { id: string; en: string } | null;
  demo: boolean;
  version: string;
  service_day: string;
  now: string;
  seq: number;
}

export interface Service extends Poli {
  nama_en: string;
  icon: string;
  priority: boolean;
  waiting_count: number;
  estimated_wait_minutes: number | null;
}

export interface Display {
  current: LiveTicket[];
  recent: LiveTicket[];
  waiting_count: number;
  seq: number;
}

export interface User {
  id: number;
  name: string;
  username: string;
  roles: Role[];
  poli: Poli[];
}

export interface Counter {
  number: number;
  nama: string;
  services: Poli[];
  allowed: boolean;
  current: LiveTicket | null;
}

export interface Stats {
  selesai: number;
  menunggu: number;
  dipanggil: number;
  dilewati: number;
  rata_rata_menit: number | null;
}

export interface Upcoming {
  id: number;
  nomor_antrean: string;
  reason: 'first_come' | 'priority_turn' | 'regular_turn';
  regular_before_priority: number;
}

export interface Desk {
  tickets: DeskTicket[];
  stats: Stats;
  upcoming: Upcoming | null;
  page: number;
  per_page: number;
  total: number;
  next: number | null;
  seq: number;
}
