// A real hub for a test: its own folder, its own port, ended by its own process number.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '../..');
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
const PROGRAM = process.env.LOBI_HUB ?? join(TARGET, 'debug', 'lobi-hub');
/** The interface just built, not the one embedded when the hub was compiled. */
const INTERFACE = process.env.LOBI_UI ?? resolve(import.meta.dirname, '../dist');
const READY_MS = 20_000;

/** For pictures: the hub's clock starts at `LOBI_FAKETIME` (`@2026-11-25 09:42:00`), where libfaketime is installed. */
function clock(): Record<string, string> {
  const [at, library] = [process.env.LOBI_FAKETIME, process.env.LOBI_FAKETIME_LIB];
  if (!at || !library || !existsSync(library)) return {};
  return { LD_PRELOAD: library, FAKETIME: at, FAKETIME_DONT_FAKE_MONOTONIC: '1', TZ: 'UTC' };
}

export class Hub {
  address = '';
  #process: ChildProcess | undefined;
  #data = mkdtempSync(join(tmpdir(), 'lobi-e2e-'));
  #demo: boolean;

  constructor(demo = true) {
    this.#demo = demo;
  }

  /** Starts on a free port, or after a stop on the same port and data. */
  async start(): Promise<void> {
    const listen = this.address ? new URL(this.address).host : '127.0.0.1:0';
    const options = ['--data', this.#data, '--listen', listen];
    if (this.#demo) options.push('--demo');
    if (existsSync(INTERFACE)) options.push('--ui', INTERFACE);
    const hub = spawn(PROGRAM, options, {
      env: { ...process.env, ...clock(), LOBI_LIMITS: 'off' },
      stdio: ['ignore', 'pipe', process.env.LOBI_LOG ? 'inherit' : 'ignore'],
    });
    this.#process = hub;
    this.address = await new Promise<string>((ready, failed) => {
      const late = setTimeout(() => failed(new Error(`${PROGRAM} was not ready in time`)), READY_MS);
      hub.once('error', failed);
      hub.once('exit', (code) => failed(new Error(`${PROGRAM} ended with ${code} before it was ready`)));
      createInterface({ input: hub.stdout! }).on('line', (line) => {
        const address = /^lobi-hub ready (http:\/\/\S+)/.exec(line)?.[1];
        if (!address) return;
        clearTimeout(late);
        ready(address);
      });
    });
  }

  /** Ends the hub at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends the hub and throws its data away. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#data, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const hub = this.#process;
    this.#process = undefined;
    if (!hub || hub.exitCode !== null || hub.signalCode !== null) return;
    const ended = new Promise((done) => hub.once('exit', done));
    hub.kill(signal);
    await ended;
  }
}

export interface Given {
  id: number;
  code: string;
  nomor_antrean: string;
}

/** The hub's routes as a test needs them to prepare a situation. */
export class Desk {
  readonly #address: string;
  readonly #token: string;

  private constructor(address: string, token: string) {
    this.#address = address;
    this.#token = token;
  }

  static async signIn(hub: Hub, username: string): Promise<Desk> {
    const answer = await post(hub.address, '/api/login', { username, password: 'lobi-demo' });
    return new Desk(hub.address, (answer as { token: string }).token);
  }

  get token(): string {
    return this.#token;
  }

  async callNext(loket: number): Promise<Given> {
    return this.#ticket('/api/queue/call-next', { loket });
  }

  async act(id: number, verb: string, loket?: number): Promise<Given> {
    return this.#ticket(`/api/queue/${id}/${verb}`, verb === 'call' ? { loket, alasan: 'Uji' } : undefined);
  }

  /** Adds a colleague; tells the password that they begin with. */
  async addColleague(username: string, roles: string[], poli: string[]): Promise<string> {
    const answer = await post(
      this.#address,
      '/api/users',
      { username, name: username, roles, poli },
      this.#token,
    );
    return (answer as { password: string }).password;
  }

  /** Adds a service. */
  async addService(nama: string, kode: string): Promise<void> {
    const body = { nama, kode, icon: 'stethoscope' };
    await post(this.#address, '/api/admin/services', body, this.#token);
  }

  /** Adds a counter that serves everything. */
  async addCounter(number: number): Promise<void> {
    const answer = await fetch(`${this.#address}/api/services`);
    const { services } = (await answer.json()) as { services: { slug: string }[] };
    const slugs = services.map((one) => one.slug);
    const body = { number, nama: `Loket ${number}`, services: slugs };
    await post(this.#address, '/api/admin/counters', body, this.#token);
  }

  async announce(teks: string): Promise<void> {
    await post(this.#address, '/api/announcements', { teks }, this.#token);
  }

  async pause(loket: number, alasan: string): Promise<void> {
    await post(this.#address, `/api/counters/${loket}/pause`, { alasan }, this.#token);
  }

  /** A machine tells how one of its devices is. */
  async report(
    machine: string,
    nama: string,
    fault: string | null,
    kind: 'printer' | 'speaker' = 'printer',
    state = fault ? 'fault' : 'ok',
  ): Promise<void> {
    const mode = kind === 'printer' ? 'kiosk' : 'tv';
    await post(this.#address, '/api/devices', { machine, nama, mode, devices: [{ kind, state, fault }] });
  }

  /** Whoever is at a counter is done. */
  async clear(loket: number): Promise<void> {
    const answer = await fetch(`${this.#address}/api/counters`, {
      headers: { Authorization: `Bearer ${this.#token}` },
    });
    const { counters } = (await answer.json()) as { counters: { number: number; current: Given | null }[] };
    const current = counters.find((one) => one.number === loket)?.current;
    if (current) await this.act(current.id, 'finish');
  }

  async waiting(loket: number): Promise<Given[]> {
    const answer = await fetch(`${this.#address}/api/dashboard/queues?loket=${loket}&status=menunggu`, {
      headers: { Authorization: `Bearer ${this.#token}` },
    });
    return ((await answer.json()) as { tickets: Given[] }).tickets;
  }

  /** Any other question or wish. */
  async say(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers: Record<string, string> = { Authorization: `Bearer ${this.#token}` };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const answer = await fetch(this.#address + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said: unknown = answer.status === 204 ? null : await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(said)}`);
    return said;
  }

  async #ticket(path: string, body: unknown): Promise<Given> {
    return ((await post(this.#address, path, body, this.#token)) as { ticket: Given }).ticket;
  }
}

export async function register(hub: Hub, poli: string, nama?: string): Promise<Given> {
  const answer = await post(hub.address, '/api/register', nama ? { poli, nama } : { poli });
  return (answer as { ticket: Given }).ticket;
}

async function post(address: string, path: string, body: unknown, token?: string): Promise<unknown> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(address + path, {
    method: 'POST',
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said: unknown = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(said)}`);
  return said;
}
