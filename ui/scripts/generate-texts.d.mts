export declare const FOLDER: string;
export declare function sectionsOf(language: string, folder?: string): Record<string, Record<string, string>>;
export declare function keysOf(sections: Record<string, Record<string, string>>): string;
