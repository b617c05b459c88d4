export function liveEvents(document: unknown): string;
