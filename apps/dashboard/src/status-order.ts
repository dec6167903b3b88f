import type { Status } from './api/answers.js';

/** From the most to the least urgent. */
export const statusOrder: readonly Status[] = ['exhausted', 'critical', 'watch', 'suspended', 'open', 'no-cap', 'no-allocation'];
