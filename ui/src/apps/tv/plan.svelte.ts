// What this TV shows and how, and what all TVs keep to, as an admin said from a desk: asked for at the start and whenever it was
// said anew; a TV that begins without the hub goes by what it heard last.
import { room } from '../../api/room';
import type { RoomRules, ScreenPlan } from '../../api/types';
import { Resource } from '../../data/resource.svelte';
import { host } from '../../host';
import { LiveFeed } from '../../live/live';

interface Said {
  plan: ScreenPlan;
  rules: RoomRules;
}

const USUAL: Said = {
  plan: { layout: 'panggilan', tema: 'malam', besar: false, poli: [] },
  rules: { tenang: [], teks: [] },
};
const KEPT = 'tv.plan';

export class Plan {
  readonly #machine = `${host().machine().id}-tv`;
  readonly #answer = new Resource(async () => {
    const [plan, rules] = await Promise.all([room.screen(this.#machine), room.rules()]);
    host().remember.machine.write(KEPT, JSON.stringify({ plan, rules }));
    return { plan, rules };
  });
  readonly #kept = recall();
  #feed: LiveFeed | undefined;

  get now(): Said {
    return this.#answer.data ?? this.#kept;
  }

  start(): void {
    this.#answer.start();
    this.#feed = new LiveFeed({
      channels: ['display'],
      event: (event) => {
        const mine = event.type === 'ScreenUpdated' && ['', this.#machine].includes(event.data.machine);
        // So much was missed that it may have been among it.
        if (mine || event.type === 'Snapshot') void this.#answer.refresh();
      },
    });
  }

  stop(): void {
    this.#feed?.stop();
    this.#answer.stop();
  }
}

function recall(): Said {
  try {
    return { ...USUAL, ...(JSON.parse(host().remember.machine.read(KEPT) ?? '{}') as Partial<Said>) };
  } catch {
    return USUAL;
  }
}
