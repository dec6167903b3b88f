export type { components, operations, paths } from './generated/http-api.js';
