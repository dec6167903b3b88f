export function whenParentsEnd(end: () => void): void;
export function whenNpmEnds(end: () => void): void;
