import type { Command } from 'commander';
import { canonicalJson, checkRulebook, compareRulebooks, type RulebookDifference, type RulebookFinding } from '#rulebook';
import { ErrorsFound, MismatchFound } from '../exit-code.js';
import { readRulebook, readRulebookDocument } from '../rulebook-file.js';
import { renderRulebook } from '../rulebook-summary.js';
import { styled, type Terminal } from '../terminal.js';
import { adoptCommand } from './rulebook-adopt.js';

interface Options {
  readonly json?: true;
}

const builtIn = 'the built-in rulebook';

/** `quota rulebook`: look at rulebooks without a ledger, and give a ledger another one. */
export function rulebookCommand(program: Command, terminal: Terminal): void {
  const rulebook = program
    .command('rulebook')
    .summary('check, show and compare rulebooks, and put one in force')
    .description('Checks, shows and compares rulebook files, and puts one in force; docs/rulebook.md explains them.')
    .addHelpText(
      'after',
      '\nExamples:\n  quota rulebook check my.rulebook.json\n  quota rulebook show --json > my.rulebook.json\n' +
        '  quota rulebook diff my.rulebook.json\n  quota rulebook adopt my.rulebook.json',
    );
  checkCommand(rulebook, terminal);
  showCommand(rulebook, terminal);
  diffCommand(rulebook, terminal);
  adoptCommand(rulebook, terminal);
}

function checkCommand(rulebook: Command, terminal: Terminal): void {
  rulebook
    .command('check')
    .summary('find errors and doubts in a rulebook file')
    .description(
      'Names everything that would stop a start (errors) and everything that a reader should look at (warnings), with ' +
        'its JSON pointer. Exit code 0: no errors. 1: errors.',
    )
    .argument('[file]', `a rulebook file; left out: ${builtIn}`)
    .option('--json', 'the findings as JSON')
    .addHelpText('after', '\nExamples:\n  quota rulebook check my.rulebook.json\n  quota rulebook check --json')
    .action(async (file: string | undefined, { json }: Options) => {
      const findings = checkRulebook(await readRulebookDocument(file));
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      const warnings = findings.length - errors;
      terminal.out.write(
        json
          ? `${JSON.stringify({ file: file ?? null, errors, warnings, findings })}\n`
          : `${renderFindings(findings, terminal.out.hasColors)}${file ?? builtIn}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}.\n`,
      );
      if (errors > 0) throw new ErrorsFound(`${file ?? builtIn} cannot be used: ${counted(errors, 'error')}.`);
    });
}

function showCommand(rulebook: Command, terminal: Terminal): void {
  rulebook
    .command('show')
    .summary('show a rulebook, or write it to a file')
    .description('Shows id, version, hash, caps, routes and readings. With --json the whole document, which is a rulebook file.')
    .argument('[file]', `a rulebook file; left out: ${builtIn}`)
    .option('--json', 'the document as JSON')
    .addHelpText('after', '\nExamples:\n  quota rulebook show\n  quota rulebook show --json > my.rulebook.json')
    .action(async (file: string | undefined, { json }: Options) => {
      const shown = await readRulebook(file);
      terminal.out.write(
        json ? `${JSON.stringify(shown.document, null, 2)}\n` : `${renderRulebook(shown, terminal.out.hasColors)}\n`,
      );
    });
}

function diffCommand(rulebook: Command, terminal: Terminal): void {
  rulebook
    .command('diff')
    .summary('compare two rulebooks member by member')
    .description(
      'Lists every member in which two rulebooks differ; entries of lists by what names them. Exit code 0: none. 1: some.',
    )
    .argument('<file>', 'a rulebook file')
    .argument('[other]', `the one that it is compared with; left out: ${builtIn} is compared with <file>`)
    .option('--json', 'the differences as JSON')
    .addHelpText('after', '\nExamples:\n  quota rulebook diff my.rulebook.json\n  quota rulebook diff old.json new.json --json')
    .action(async (file: string, other: string | undefined, { json }: Options) => {
      const before = await readRulebook(other === undefined ? undefined : file);
      const after = await readRulebook(other ?? file);
      const differences = compareRulebooks(before.document, after.document);
      const sides = { before: before.reference, after: after.reference };
      if (json) terminal.out.write(`${JSON.stringify({ ...sides, differences })}\n`);
      else {
        for (const each of differences) terminal.out.write(`${renderDifference(each, terminal.out.hasColors)}\n`);
        const [from, to] = [before.reference, after.reference].map(({ id, version }) => `${id} ${version}`);
        terminal.out.write(`${counted(differences.length, 'difference')} from ${from} to ${to}.\n`);
        if (differences.length > 0 && from === to) {
          terminal.err.write('Both have the same id and version: give the changed one a version of its own.\n');
        }
      }
      if (differences.length > 0) throw new MismatchFound(`${counted(differences.length, 'difference')} found.`);
    });
}

function renderFindings(findings: readonly RulebookFinding[], colors: boolean): string {
  return findings
    .map(({ severity, code, member, message }) => {
      const mark = styled(severity.padEnd(7), severity === 'error' ? 'red' : 'yellow', colors);
      const where = member === '' ? 'the document' : member;
      return `${mark}  ${where} ${message}${code === 'invalid' ? '' : ` (${code})`}\n`;
    })
    .join('');
}

function renderDifference({ member, change, before, after }: RulebookDifference, colors: boolean): string {
  switch (change) {
    case 'added':
      return styled(`+ ${member}  ${short(after)}`, 'green', colors);
    case 'removed':
      return styled(`- ${member}  ${short(before)}`, 'red', colors);
    case 'changed':
      return `~ ${member}  ${short(before)} -> ${short(after)}`;
    case 'reordered':
      return `~ ${member}  the same entries in another order`;
  }
}

function short(value: unknown): string {
  const text = canonicalJson(value);
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
