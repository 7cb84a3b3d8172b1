import { createHash } from 'node:crypto';
import { markup, Markup } from './markup.js';

export interface DocumentParts {
  readonly title: string;
  readonly style: string;
  readonly script: string;
  readonly body: Markup;
}

/** A whole page that nothing is loaded for: its own style and its own script are all that the browser lets it have. */
export function sealedDocument({ title, style, script, body }: DocumentParts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${body}
<script>${new Markup(script)}</script>
</body>
</html>
`.html;
}

function hashOf(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}
