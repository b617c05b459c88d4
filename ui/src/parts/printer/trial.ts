/** A device's trial: what is being tried and how it went. */
export type Trial =
  { name: 'rest' } | { name: 'trying' } | { name: 'well'; words: string } | { name: 'bad'; words: string };
