export declare function wrongIn(css: string, name: string, before?: number): string[];
export declare function stylesOf(code: string, name: string): { css: string; before: number } | null;
