import { AwsError } from "../core/errors.ts";
import type { Shape } from "./shapes.ts";

/** Form fields of an AWS Query request, with the prefixes present, so that absent structures stay absent. */
export class Form {
  readonly #values: Map<string, string>;
  readonly #prefixes = new Set<string>();

  constructor(body: string) {
    this.#values = new Map(new URLSearchParams(body));
    for (const key of this.#values.keys()) {
      let dot = key.indexOf(".");
      while (dot !== -1) {
        this.#prefixes.add(key.slice(0, dot));
        dot = key.indexOf(".", dot + 1);
      }
    }
  }

  get(key: string): string | undefined {
    return this.#values.get(key);
  }

  has(key: string): boolean {
    return this.#values.has(key) || this.#prefixes.has(key);
  }
}

/** Decodes a query input (`Tags.member.1.Key=…`) by its shape. */
export function decodeForm(shape: Shape, form: Form, prefix = ""): unknown {
  switch (shape.kind) {
    case "structure": {
      const out: Record<string, unknown> = {};
      for (const member of shape.members()) {
        const key = prefix === "" ? member.wire : `${prefix}.${member.wire}`;
        if (form.has(key)) out[member.name] = decodeForm(member.shape, form, key);
      }
      return out;
    }
    case "list": {
      const out: unknown[] = [];
      for (let i = 1; form.has(`${prefix}.member.${i}`); i++) {
        out.push(decodeForm(shape.item(), form, `${prefix}.member.${i}`));
      }
      return out;
    }
    case "map": {
      const out: Record<string, unknown> = {};
      for (let i = 1; form.has(`${prefix}.entry.${i}`); i++) {
        const key = form.get(`${prefix}.entry.${i}.key`) ?? "";
        out[key] = decodeForm(shape.item(), form, `${prefix}.entry.${i}.value`);
      }
      return out;
    }
    case "number": {
      const value = Number(form.get(prefix));
      if (Number.isNaN(value)) throw new AwsError("MalformedInput", `Invalid number for ${prefix}`);
      return value;
    }
    case "boolean":
      return form.get(prefix) === "true";
    default:
      return form.get(prefix) ?? "";
  }
}
