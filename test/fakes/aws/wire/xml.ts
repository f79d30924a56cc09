import type { Shape } from "./shapes.ts";

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Escapes text for XML; carriage returns and newlines as references, since parsers normalise them. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c)
    .replace(/[\r\n]/g, (c) => (c === "\r" ? "&#xD;" : "&#xA;"));
}

/** Encodes a value as the children of its element. */
export function encodeXml(shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case "structure": {
      if (typeof value !== "object" || value === null) return "";
      let out = "";
      for (const member of shape.members()) {
        const item: unknown = Reflect.get(value, member.name);
        if (item === undefined) continue;
        out += `<${member.wire}>${encodeXml(member.shape, item)}</${member.wire}>`;
      }
      return out;
    }
    case "list":
      return Array.isArray(value)
        ? value.map((item) => `<member>${encodeXml(shape.item(), item)}</member>`).join("")
        : "";
    case "map":
      return Object.entries(value ?? {})
        .map(
          ([k, v]) => `<entry><key>${escapeXml(k)}</key><value>${encodeXml(shape.item(), v)}</value></entry>`,
        )
        .join("");
    case "timestamp":
    case "date-time":
      return value instanceof Date ? `${value.toISOString().slice(0, 19)}Z` : String(value);
    default:
      return escapeXml(String(value));
  }
}
