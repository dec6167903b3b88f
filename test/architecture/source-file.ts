import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A source file as the rules of the house see it. */
export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  /** Modules that it imports or re-exports, types included, as written. */
  readonly imports: readonly string[];
  /** The same without those that vanish when compiled: `import type`, `export type`. */
  readonly runtimeImports: readonly string[];
  readonly hasDefaultExport: boolean;
  /** Modules of `export * from`. */
  readonly exportsAllOf: readonly string[];
  readonly readsEnvironment: boolean;
  /** Headers that it reads by name: `headers['x']`, `headers.x`. */
  readonly headersRead: readonly string[];
  /** Whether it asks a log if other processes write to it: `store.isShared`, `{ isShared } = store`. */
  readonly asksIsShared: boolean;
  /** Names of the decorators that it applies. */
  readonly decorators: readonly string[];
}

export function parseSource(file: string, text: string): SourceFile {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const imports: string[] = [];
  const runtimeImports: string[] = [];
  const exportsAllOf: string[] = [];
  let hasDefaultExport = false;
  let readsEnvironment = false;
  let asksIsShared = false;
  const headersRead: string[] = [];
  const decorators: string[] = [];
  const add = (specifier: ts.Expression | undefined, isType: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    imports.push(specifier.text);
    if (!isType) runtimeImports.push(specifier.text);
  };
  const visit = (node: ts.Node): void => {
    if (isReadOf(node, 'isShared')) asksIsShared = true;
    if (ts.isDecorator(node)) decorators.push(node.expression.getText(source).split('(')[0] ?? '');
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, importsTypesOnly(node.importClause));
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
      const isAll = node.exportClause === undefined && !node.isTypeOnly;
      if (isAll && node.moduleSpecifier && ts.isStringLiteralLike(node.moduleSpecifier)) exportsAllOf.push(node.moduleSpecifier.text);
      if (exportsNameDefault(node)) hasDefaultExport = true;
    } else if (ts.isExportAssignment(node)) {
      hasDefaultExport = true;
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true);
    } else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || isNamed(node.expression, 'require'))) {
      add(node.arguments[0], false);
    } else if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) {
      hasDefaultExport = true;
    } else if (isEnvironment(node)) {
      readsEnvironment = true;
    } else if (ts.isElementAccessExpression(node) && isHeaders(node.expression) && ts.isStringLiteralLike(node.argumentExpression)) {
      headersRead.push(node.argumentExpression.text);
    } else if (ts.isPropertyAccessExpression(node) && isHeaders(node.expression)) {
      headersRead.push(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { path: file, lines, imports, runtimeImports, hasDefaultExport, exportsAllOf, readsEnvironment, asksIsShared, headersRead, decorators };
}

/** Every TypeScript file of the project below `root`. */
export function readSources(root: string): readonly SourceFile[] {
  return ['apps', 'libs', 'test', 'scripts'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return parseSource(path.relative(root, file).split(path.sep).join('/'), readFileSync(file, 'utf8'));
      }),
  );
}

function importsTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || ts.isNamespaceImport(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function exportsNameDefault(node: ts.ExportDeclaration): boolean {
  const clause = node.exportClause;
  return clause !== undefined && ts.isNamedExports(clause) && clause.elements.some(({ name }) => name.text === 'default');
}

/** `process.env`, `process['env']`, `{ env } = process`, `import { env } from 'node:process'`. */
function isEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isNamed(node.expression, 'process') && node.name.text === 'env';
  if (ts.isElementAccessExpression(node)) {
    return isNamed(node.expression, 'process') && ts.isStringLiteralLike(node.argumentExpression) && node.argumentExpression.text === 'env';
  }
  if (ts.isBindingElement(node)) {
    const declaration = node.parent.parent;
    const name = node.propertyName ?? node.name;
    const from = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return from !== undefined && isNamed(from, 'process') && isNamed(name, 'env');
  }
  if (!ts.isImportSpecifier(node)) return false;
  const module = node.parent.parent.parent.moduleSpecifier;
  return ts.isStringLiteralLike(module) && /^(node:)?process$/.test(module.text) && (node.propertyName ?? node.name).text === 'env';
}

function isReadOf(node: ts.Node, name: string): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === name;
  return ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent) && isNamed(node.propertyName ?? node.name, name);
}

function isHeaders(node: ts.Node): boolean {
  return isNamed(node, 'headers') || (ts.isPropertyAccessExpression(node) && node.name.text === 'headers');
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}
