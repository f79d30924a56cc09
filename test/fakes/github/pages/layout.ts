import type { Answer } from "../http/call.ts";
import { escapeHtml } from "./html.ts";
import { style } from "./style.ts";

/** A page around `body`, which is HTML already. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head>
<body><main>${body}</main></body></html>
`;
}

/** The page as an answer. */
export const html = (status: number, content: string): Answer => ({
  status,
  raw: { type: "text/html; charset=utf-8", content: Buffer.from(content) },
});
