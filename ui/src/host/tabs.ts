// What the open pages of one browser tell each other. Nothing is kept: whoever is not open hears nothing.
import type { Tabs } from './types';

export function openTabs(): Tabs {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined, hear: () => () => undefined };
  const line = new BroadcastChannel('lobi');
  return {
    tell: (said) => line.postMessage(said),
    hear(listener) {
      const heard = ({ data }: MessageEvent<unknown>) => listener(data);
      line.addEventListener('message', heard);
      return () => line.removeEventListener('message', heard);
    },
  };
}
