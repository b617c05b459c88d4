// The counter's keyboard: one key per action, and the rules that keep a key from doing harm.

export type DeskAction = 'next' | 'finish' | 'serve' | 'recall' | 'skip' | 'search' | 'announce' | 'help';

export interface KeyPress {
  key: string;
  repeat: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

export interface KeyPlace {
  /** A text field has the focus. */
  typing: boolean;
  /** A dialog or a menu is open. */
  dialog: boolean;
  /** A button, a link or a list that scrolls has the focus: Space and Enter belong to it. */
  control: boolean;
}

const KEYS: Record<string, DeskAction> = {
  ' ': 'next',
  enter: 'finish',
  l: 'serve',
  u: 'recall',
  s: 'skip',
  p: 'announce',
  '/': 'search',
  '?': 'help',
};

/** The action a key press means here, or null when it must do nothing. `letters`: whether this person wants keys of one
 * letter; Space and Enter are none. */
export function actionOf(press: KeyPress, place: KeyPlace, letters = true): DeskAction | null {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return null;
  if (place.typing || place.dialog) return null;
  if (!letters && isLetter(press.key)) return null;
  const action = KEYS[press.key.toLowerCase()] ?? null;
  if (place.control && (action === 'next' || action === 'finish')) return null;
  return action;
}

/** Where the focus is, as far as the keyboard rules care. */
export function placeOf(focused: Element | null, dialog: boolean): KeyPlace {
  return {
    typing: !!focused?.closest('input, textarea, select, [contenteditable="true"]'),
    control: !!focused?.closest(
      'button, a[href], summary, [role="menuitem"], [role="tab"], [role="region"][tabindex]',
    ),
    dialog,
  };
}

/** A key that writes something: "s", "/", "?". */
export function isLetter(key: string): boolean {
  return key.length === 1 && key !== ' ';
}
