interface Item {
  name: string;
  item?: Item[];
  request?: { method: string; url: { raw: string } };
}
export function collectionOf(document: unknown): { item: Item[] };
export function postmanFiles(document: unknown): Record<string, string>;
