// Where a page of this hub wanted to go; an address of anywhere else is none.
export function localPath(said: string | null): string | null {
  return said && /^\/(?![/\\])/.test(said) ? said : null;
}
