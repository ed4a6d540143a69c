// What the page's source is held to: every strict rule of typescript-eslint that knows types, and Vue's recommended ones. Layout is
// the author's: lines are as long as a thought.

import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import { defineConfig } from 'eslint/config'
import ts from 'typescript-eslint'

export default defineConfig(
  { ignores: ['dist', 'node_modules', 'pictures'] },
  {
    files: ['src/**/*.{ts,vue}', 'e2e/**/*.ts', 'vite.config.ts'],
    extends: [js.configs.recommended, ...ts.configs.strictTypeChecked, ...vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: ts.parser, projectService: true, extraFileExtensions: ['.vue'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-undef': 'off', // the compiler knows better
      // Numbers are written into sentences and addresses all over.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // What the types of the browser and of MapLibre promise is not always there: the clipboard over plain http, an error of an event.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/require-await': 'off',
      // The linter's compiler does not read .vue files, vue-tsc does: what comes out of one looks unsafe to it. Writing `any` stays forbidden.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // A component of one word is a thing of the page: Fold, Chart.
      'vue/multi-word-component-names': 'off',
      // Layout is left to the author.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': ['error', { html: { void: 'always' } }],
      // An optional property that is left out is undefined, and the types say so.
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
    },
  },
)
