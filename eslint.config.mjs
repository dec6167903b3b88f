import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What test/architecture.spec.ts enforces, said again where an editor shows it. */
function mayNotImport(...groups) {
  return { 'no-restricted-imports': ['error', { patterns: groups }] };
}

const frameworks = {
  group: ['@nestjs/*', 'class-validator', 'class-transformer', 'rxjs', 'rxjs/*', 'fastify', '@fastify/*', 'commander'],
  message: 'Frameworks live in apps/; a library is plain TypeScript.',
};
const above = (...libs) => ({
  group: ['**/apps/**', ...libs],
  message: 'Arrows point down: apps -> projections -> ledger -> rulebook.',
});
const itself = (lib) => ({ group: [lib], message: 'Inside a library import the file itself: that is what shows circles.' });

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'coverage/', '**/generated/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { process: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', setTimeout: 'readonly' } },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [js.configs.recommended, ...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      // A port's method is async also where one adapter has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Numbers in templates are what messages are made of.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name: it is then called the same everywhere.' },
      ],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  // A spec's describe is one long function, matchers are used unbound and are `any`, numbers that do not fit are tried.
  {
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'no-console': 'off',
      'no-loss-of-precision': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // Answers of the API are JSON of any shape here: the expectations say which.
  {
    files: ['test/e2e/**/*.ts', 'apps/api/**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // Parameter properties and decorators need classes without members.
  { files: ['apps/api/**/*.ts'], rules: { '@typescript-eslint/no-extraneous-class': 'off' } },
  // Nest reads the types of constructor parameters at run time: a type-only import would leave nothing to inject.
  { files: ['apps/api/**/*.ts'], rules: { '@typescript-eslint/consistent-type-imports': 'off' } },
  { files: ['libs/rulebook/**/*.ts'], rules: mayNotImport(frameworks, above('#ledger', '#projections', '#wire', '#audit'), itself('#rulebook')) },
  { files: ['libs/wire/**/*.ts'], rules: mayNotImport(frameworks, above('#ledger', '#projections', '#audit'), itself('#wire')) },
  { files: ['libs/client/examples/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['libs/client/**/*.ts'], rules: mayNotImport(frameworks, above('#rulebook', '#ledger', '#projections', '#audit'), itself('#client')) },
  { files: ['libs/audit/**/*.ts'], rules: mayNotImport(frameworks, above('#rulebook', '#ledger', '#projections'), itself('#audit')) },
  { files: ['libs/ledger/**/*.ts'], rules: mayNotImport(frameworks, above('#projections', '#audit'), itself('#ledger')) },
  { files: ['libs/projections/**/*.ts'], rules: mayNotImport(frameworks, above('#audit'), itself('#projections')) },
);
