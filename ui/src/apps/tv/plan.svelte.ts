// What this TV shows and how, as an admin said from a desk: asked for at the start and whenever it was said anew; a TV that begins
// without the hub shows what it showed last.
import { room } from '../../api/room';
import type { ScreenPlan } from '../../api/types';
import { Resource } from '../../data/resource.svelte';
import { host } from '../../host';
import { LiveFeed } from '../../live/live';

const USUAL: ScreenPlan = { layout: 'panggilan', tema: 'malam', besar: false, poli: [] };
const KEPT = 'tv.plan';

export class Plan {
  readonly #machine = `${host().machine().id}-tv`;
  readonly #answer = new Resource(async () => {
    const plan = await room.screen(this.#machine);
    host().remember.machine.write(KEPT, JSON.stringify(plan));
    return plan;
  });
  readonly #kept = recall();
  #feed: LiveFeed | undefined;

  get now(): ScreenPlan {
    return this.#answer.data ?? this.#kept;
  }

  start(): void {
    this.#answer.start();
    this.#feed = new LiveFeed({
      channels: ['display'],
      event: (event) => {
        const mine = event.type === 'ScreenUpdated' && event.data.machine === this.#machine;
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

function recall(): ScreenPlan {
  try {
    return { ...USUAL, ...(JSON.parse(host().remember.machine.read(KEPT) ?? '{}') as Partial<ScreenPlan>) };
  } catch {
    return USUAL;
  }
}
