// What a panel with a form does while it is open: nobody leaves what is typed by accident, and nothing goes on behind it.
import { router } from '../../../boot/router.svelte';

interface Stops {
  stop(): void;
}

/** To be called when the panel opens; what it returns, when it closes. */
export function guarded(form: Stops & { readonly dirty: boolean }, ...more: Stops[]): () => void {
  const release = router.guard(() => form.dirty);
  return () => {
    release();
    for (const one of [form, ...more]) one.stop();
  };
}
