/** Text that is safe inside HTML, quotes included. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** What GitHub's sanitizer lets through in a comment, of what people and bots use. */
const elements = new Set(
  (
    "a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li ol p picture " +
    "pre q s samp source span strike strong sub summary sup table tbody td tfoot th thead tr tt ul var"
  ).split(" "),
);
const attributes = new Set(
  "align alt checked class colspan disabled height href id open rowspan src start title type width".split(
    " ",
  ),
);
const safeAddress = /^(https?:|mailto:|#|\/)/i;

function sanitizeTag(whole: string, closing: string, name: string, rest: string): string {
  if (!elements.has(name.toLowerCase())) return escapeHtml(whole);
  if (closing) return `</${name.toLowerCase()}>`;
  const kept: string[] = [];
  for (const [, key = "", , double, single, bare] of rest.matchAll(
    /([a-z][\w-]*)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/gi,
  )) {
    const value = double ?? single ?? bare;
    const attribute = key.toLowerCase();
    if (!attributes.has(attribute)) continue;
    if ((attribute === "href" || attribute === "src") && !safeAddress.test(value ?? "")) continue;
    kept.push(value === undefined ? attribute : `${attribute}="${value.replaceAll('"', "&quot;")}"`);
  }
  return `<${[name.toLowerCase(), ...kept].join(" ")}>`;
}

/** Keeps the elements GitHub keeps, shows the others as text, and drops comments. Nothing can run. */
export function sanitize(html: string): string {
  return html
    .replaceAll(/<!--[\s\S]*?(-->|$)/g, "")
    .replaceAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>|</gi, (whole, closing, name, rest) =>
      name === undefined ? "&lt;" : sanitizeTag(whole, closing, name, rest),
    );
}
