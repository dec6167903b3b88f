import { readFileSync, writeFileSync } from 'node:fs';
import { builtInRulebook } from '#rulebook';
import { guideTables, withTables } from './guide-tables.js';

/**
 * Writes the tables of docs/rulebook.md that repeat the data of the built-in rulebook, between their marks.
 * Run from the root of the repository after a build: node dist/scripts/rulebook-guide.js
 */
const page = 'docs/rulebook.md';
writeFileSync(page, withTables(readFileSync(page, 'utf8'), guideTables(builtInRulebook().document)));
