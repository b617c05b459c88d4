// The dialogs about one number, each fetched when somebody first asks for it; those about turns bring their own words.
import { lazily } from '../../boot/lazy';
import { language } from '../../words/language.svelte';

async function withTurnWords<T>(load: () => Promise<T>): Promise<T> {
  const [dialog] = await Promise.all([lazily(load), lazily(() => language.need(['turns']))]);
  return dialog;
}

/** "Pindahkan…" */
export const sendOn = () => lazily(() => import('./TransferDialog.svelte'));
/** "Batalkan nomor…" */
export const cancel = () => lazily(() => import('./CancelDialog.svelte'));
/** "Beri kelas prioritas…" */
export const giveClass = () => withTurnWords(() => import('./ClassDialog.svelte'));
/** Why somebody is called before their turn. */
export const outOfTurn = () => withTurnWords(() => import('./OutOfTurn.svelte'));
/** The class and the way of a number that is being given. */
export const chooseMore = () => withTurnWords(() => import('./reception/ChooseMore.svelte'));
/** The code of a visitor's own numbers. */
export const portalCode = () => withTurnWords(() => import('./reception/PortalCode.svelte'));
/** Where a number goes from where it is. */
export const chooseWay = () => withTurnWords(() => import('./RouteDialog.svelte'));
/** Which counter takes the visitor over. */
export const handOver = () => withTurnWords(() => import('./HandOver.svelte'));
