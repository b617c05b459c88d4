// The machines of the site as staff see them: what is wrong where, and what to do about it.
import { api } from '../../api/client';
import { host } from '../../host';
import { LiveFeed } from '../../live/live';
import type { Machine } from '../../api/types';
import { deviceWords } from '../../words/device-words';
import { find } from '../../words/texts';
import { t } from '../../words/language.svelte';

export interface Alert {
  /** The same fault of the same machine keeps its key. */
  key: string;
  machine: string;
  problem: string;
  todo: string;
  /** Nothing is broken yet: paper near its end. */
  warning: boolean;
  /** A visitor rings: no fault of a machine, and before all of them. */
  bell: boolean;
}

/** A machine that falls silent tells nobody, so the list is asked for as well. */
const ASK_MS = 60_000;

export class Machines {
  machines = $state.raw<Machine[]>([]);
  #dismissed = $state.raw<readonly string[]>([]);
  #feed: LiveFeed | undefined;
  #asking: ReturnType<typeof setInterval> | undefined;

  /** What somebody should look after, without what was waved away: a visitor who rings, what this machine itself lacks,
   * faults, warnings. */
  get alerts(): Alert[] {
    const own = host().machine().id;
    const rank = (one: Alert) => (one.bell ? 0 : one.key.startsWith(`${own}-`) ? 1 : one.warning ? 3 : 2);
    const all = this.machines.flatMap(alertsOf).filter((one) => !this.#dismissed.includes(one.key));
    return all.sort((one, other) => rank(one) - rank(other));
  }

  start(): void {
    this.#feed = new LiveFeed({
      channels: ['devices'],
      event: () => undefined,
      passing: (_, data) => this.#take((data as { machines?: Machine[] }).machines),
    });
    this.#asking = setInterval(() => void this.refresh(), ASK_MS);
    void this.refresh();
  }

  stop(): void {
    this.#feed?.stop();
    clearInterval(this.#asking);
  }

  async refresh(): Promise<void> {
    await api.machines().then(
      ({ machines }) => this.#take(machines),
      // The desk itself says when the hub is away or the session over.
      () => undefined,
    );
  }

  /** Seen: not shown again until it was mended and comes back. */
  dismiss(key: string): void {
    this.#dismissed = [...this.#dismissed, key];
  }

  #take(machines: Machine[] | undefined): void {
    if (!machines) return;
    this.machines = machines;
    const still = new Set(machines.flatMap(alertsOf).map((one) => one.key));
    this.#dismissed = this.#dismissed.filter((key) => still.has(key));
  }
}

function alertsOf(machine: Machine): Alert[] {
  if (!machine.here) {
    if (isPassingBrowser(machine)) return [];
    const key = `${machine.machine} away`;
    const words = { problem: t('devices.away'), todo: t('devices.away_do') };
    return [{ key, machine: machine.nama, ...words, warning: false, bell: false }];
  }
  return machine.devices.flatMap((device) => {
    if (device.state === 'ok' || device.fault === null) return [];
    const key = `${machine.machine} ${device.kind} ${device.fault}`;
    const words = deviceWords(device.kind, device.fault);
    return [
      {
        key,
        machine: machine.nama,
        ...words,
        warning: device.state === 'warning',
        bell: device.kind === 'bell',
      },
    ];
  });
}

/** A browser that nobody gave a name was perhaps only a look at the page; nobody misses it. */
function isPassingBrowser({ machine, nama, mode }: Machine): boolean {
  return machine.startsWith('web-') && nama === find('id', `devices.machine_${mode}`);
}
