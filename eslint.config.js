// Lints the explorer page's scripts and styles. The scripts share one scope (kg/view/explorer.py joins them in order), so
// what one declares at its top is known to the others.
import { readdirSync, readFileSync } from "node:fs";
import js from "@eslint/js";
import css from "@eslint/css";

const folder = new URL("kg/view/page/", import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith(".js")).sort().map((name) => readFileSync(new URL(name, folder), "utf8"));
const declared = sources.flatMap((text) => [...text.matchAll(/^(?:async function|function\*?|const|let|class) ([\w$]+)/gm)].map(([, name]) => name));

const BROWSER = [
  "window", "document", "location", "navigator", "localStorage", "performance", "console", "getComputedStyle", "requestAnimationFrame",
  "queueMicrotask", "setTimeout", "clearTimeout", "URL", "URLSearchParams", "Blob", "Path2D", "ResizeObserver", "XMLSerializer", "vis",
];

const markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc"];

export default [
  { ignores: ["**/node_modules/**", "build/**", "output/**"] },
  {
    files: ["kg/view/page/*.js"],
    ...js.configs.recommended,
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: "script",
      globals: { ...Object.fromEntries(declared.map((name) => [name, "writable"])), ...Object.fromEntries(BROWSER.map((name) => [name, "readonly"])) },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...js.configs.recommended.rules,
      "consistent-return": "error",
      "default-case-last": "error",
      eqeqeq: "error",
      "max-lines": ["error", 400],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-lonely-if": "error",
      "no-new-func": "error",
      "no-param-reassign": "error",
      // The page's texts come from news: they reach it as text, never as markup.
      "no-restricted-properties": ["error", ...markup.map((property) => ({ property })), { object: "document", property: "write" }],
      "no-redeclare": ["error", { builtinGlobals: false }],
      "no-throw-literal": "error",
      "no-unused-vars": ["error", { vars: "local" }],
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["eslint.config.js"],
    ...js.configs.recommended,
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: { URL: "readonly" } },
  },
  {
    files: ["kg/view/page/*.css"],
    plugins: { css },
    language: "css/css",
    rules: { ...css.configs.recommended.rules, "css/no-invalid-properties": ["error", { allowUnknownVariables: true }], "css/use-baseline": ["error", { available: 2023, allowProperties: ["forced-color-adjust", "paint-order", "user-select"] }] },
  },
];
