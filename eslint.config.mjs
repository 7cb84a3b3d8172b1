import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { zones } from './scripts/import-zones.mjs';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'coverage',
      'reports',
      'reference',
      '.stryker-tmp',
      '.scratch',
      'protos/types',
      'protos/stubs',
      'e2e/field/programs',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,mjs,js,cjs}'],
    plugins: { 'import-x': importX },
    settings: {
      // TypeScript's sources name their neighbours as Node will find them after the build.
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.js', '.mjs'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      // A file that imports itself by way of others has no place in a direction.
      'import-x/no-cycle': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        // What runs in a browser knows nothing of Node, and the other way round.
        project: ['./tsconfig.json', './examples/demo/html/browser/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      // How the interfaces of test runners are told of more matchers.
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // Numbers and booleans print as themselves.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      // What a module of Nest says, it says by its decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // The Jaeger pipeline is what the examples are about; their READMEs say that it is deprecated.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: '@opentelemetry/exporter-jaeger', name: 'JaegerExporter' }] },
      ],
    },
  },
  {
    // grpc-js names its class as what an interceptor returns, and takes whatever has the methods.
    files: ['lib/{client,server}/interceptor.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  {
    // Nest names a class as the type of its options, and everyone gives it an object.
    files: ['examples/nestjs/main.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
