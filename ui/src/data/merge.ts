// What somebody typed, and what somebody else saved meanwhile: neither is lost.

/** Whether two values say the same. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** `present`, except for the fields in which `typed` is no longer what it was `before`. */
export function merged<T>(typed: T, before: unknown, present: T): T {
  if (same(typed, before)) return present;
  if (!isGroup(typed) || !isGroup(before) || !isGroup(present)) return typed;
  const fields = Object.keys(present).map((name) => [name, merged(typed[name], before[name], present[name])]);
  return Object.fromEntries(fields) as T;
}

/** The fields of `typed` that are not what they were `before`. */
export function changed<T extends object>(typed: T, before: T): Partial<T> {
  const names = (Object.keys(typed) as (keyof T)[]).filter((name) => !same(typed[name], before[name]));
  return Object.fromEntries(names.map((name) => [name, typed[name]])) as Partial<T>;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
