export { canonicalJson } from './canonical-json.js';
export type * from './determination.js';
export { addTpp, fromTpp, isTpp, milliTpp, noTpp, subtractTpp, timesTpp, toTpp, tppMax, type MilliTpp } from './milli-tpp.js';
export type * from './rulebook.js';
