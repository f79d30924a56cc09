/** A resource in its reader's words, as comments and the terminal have it: GET /hello, route of my-api. */
import { nameOf, typeOf } from "../../../../src/model/plan.ts";
import { resourceWords } from "../../../../src/report/words/resource-words.ts";
import { type Html, html, type Part } from "../../web/html.ts";

interface Resource {
  readonly type: string;
  readonly name: string;
}

/** Its name, and what it is; the full name for who points at it. */
export function resourceCell(resource: Resource, more: Part = ""): Html {
  const { name, kind, parent } = resourceWords(resource);
  const full = `${resource.type}::${resource.name}`;
  return html`<span class="name" title="${full}">${name}</span> <span class="type">${kind}${parent !== undefined && html` of ${parent}`}${more}</span>`;
}

/** The name alone, of a resource by its key. */
export function resourceName(key: string): Html {
  const { name } = resourceWords({ type: typeOf(key), name: nameOf(key) });
  return html`<code title="${key}">${name}</code>`;
}

/** What a problem says, with the resource that it begins with in words. */
export function aboutResource(message: string, key: string | undefined): Part {
  if (key === undefined || typeOf(key) === "" || !message.startsWith(`${key} `)) return message;
  const { name, kind, parent } = resourceWords({ type: typeOf(key), name: nameOf(key) });
  return html`The ${kind} <code title="${key}">${name}</code>${parent !== undefined && html` of ${parent}`}${message.slice(key.length)}`;
}
