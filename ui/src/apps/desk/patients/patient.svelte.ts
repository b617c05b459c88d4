// One patient in the hands of staff: corrected, compared with the card, made one with another record and two again.
import { patients, type ChangePatient, type Noted, type Patient, type Visit } from '../../../api/patients';
import { Deed } from '../../../data/deed.svelte';
import { Form } from '../../../data/form.svelte';
import { Resource } from '../../../data/resource.svelte';
import { phoneText } from './words';

export interface Draft {
  nama: string;
  nik: string;
  no_bpjs: string;
  tgl_lahir: string;
  jenis_kelamin: '' | 'L' | 'P';
  no_hp: string;
  alamat: string;
  email: string;
  diperiksa: boolean;
}

export interface Shown {
  patient: Patient;
  visits: Visit[];
  history: Noted[];
}

export class OnePatient {
  readonly known: Resource<Shown>;
  readonly form: Form<Draft>;
  /** Making two records one, or one two. */
  readonly joining = new Deed();

  constructor(readonly id: number) {
    this.known = new Resource(() => this.#load(), ['patients']);
    this.form = new Form(draftOf(null));
  }

  start(): void {
    this.known.start();
  }

  stop(): void {
    this.known.stop();
    this.form.stop();
    this.joining.stop();
  }

  /** The record as it is after saving; null when it was not taken. */
  async save(): Promise<Patient | null> {
    const answer = await this.form.send((_, changes, key) =>
      patients.change(this.id, changes as ChangePatient, key),
    );
    if (!answer) return null;
    this.form.begin(draftOf(answer.patient));
    this.form.saved = true;
    void this.known.refresh();
    return answer.patient;
  }

  /** Makes this record part of another one; true when it is. */
  async become(part: number): Promise<boolean> {
    const done = await this.joining.run(`merge ${part}`, (key) => patients.merge(part, this.id, key));
    return done !== null;
  }

  /** Makes this record its own again. */
  async separate(): Promise<boolean> {
    const done = await this.joining.run('unmerge', (key) => patients.unmerge(this.id, key));
    if (done) void this.known.refresh();
    return done !== null;
  }

  async #load(): Promise<Shown> {
    const [{ patient }, { visits }, { riwayat }] = await Promise.all([
      patients.one(this.id),
      patients.visits(this.id),
      patients.history(this.id),
    ]);
    return { patient, visits, history: riwayat };
  }
}

export function draftOf(patient: Patient | null): Draft {
  const born = patient?.tgl_lahir?.split('-').reverse().join('-') ?? '';
  return {
    nama: patient?.nama ?? '',
    nik: patient?.nik ?? '',
    no_bpjs: patient?.no_bpjs ?? '',
    tgl_lahir: born,
    jenis_kelamin: patient?.jenis_kelamin ?? '',
    no_hp: phoneText(patient?.no_hp ?? null),
    alamat: patient?.alamat ?? '',
    email: patient?.email ?? '',
    diperiksa: Boolean(patient?.diperiksa_at),
  };
}
