/**
 * REST-XML (Route 53, CloudFront): bodies are read and written by the SDK's own codec, headers and the rest of the binding
 * follow from the shapes.
 */
import { AwsError } from "../core/errors.ts";
import type { OperationShape } from "./shapes.ts";

/** What is used of the codec of a client's protocol. */
interface SdkCodec {
  createSerializer(): { write(schema: never, value: unknown): void; flush(): unknown };
  createDeserializer(): { read(schema: never, bytes: Uint8Array): unknown };
}

/** An SDK client whose protocol has such a codec. */
export interface XmlClient {
  readonly config: { readonly protocol: { getPayloadCodec(): SdkCodec } };
}

export interface XmlCodec {
  /** The members of the input that stand in the body. */
  decode(shape: OperationShape, body: string): Record<string, unknown>;
  encode(shape: OperationShape, output: unknown): { headers: Record<string, string>; body: string };
}

type Schemas = OperationShape["schemas"];

/** The schema of the member that is the whole body, as the SDK writes schemas: names and schemas side by side. */
function memberSchema(structure: Schemas["input"], name: string): unknown {
  const schema: unknown = typeof structure === "function" ? structure() : structure;
  if (!Array.isArray(schema)) throw new Error(`no structure has ${name}`);
  const names: unknown[] = schema[4];
  const reference: unknown = schema[5][names.indexOf(name)];
  // A reference with traits is a pair.
  return Array.isArray(reference) && typeof reference[1] !== "string" ? reference[0] : reference;
}

/** A service's codec. The SDK describes its schemas by types of its own, which are not exported. */
export function xmlCodecOf(client: () => XmlClient): XmlCodec {
  let codec: SdkCodec | undefined;
  const sdk = (): SdkCodec => {
    codec ??= client().config.protocol.getPayloadCodec();
    return codec;
  };
  const read = (schema: unknown, body: string): Record<string, unknown> => {
    try {
      const found = sdk()
        .createDeserializer()
        .read(schema as never, Buffer.from(body));
      return typeof found === "object" && found !== null ? Object.fromEntries(Object.entries(found)) : {};
    } catch {
      throw new AwsError("MalformedInput", "The request body is not XML of the operation's form");
    }
  };
  const write = (schema: unknown, value: object): string => {
    const serializer = sdk().createSerializer();
    serializer.write(schema as never, value);
    return `<?xml version="1.0" encoding="UTF-8"?>${String(serializer.flush())}`;
  };
  return {
    decode({ input, schemas }, body) {
      if (body === "" || input.kind !== "structure") return {};
      const payload = input.members().find(({ location }) => location === "payload");
      if (payload === undefined) return read(schemas.input, body);
      return { [payload.name]: read(memberSchema(schemas.input, payload.name), body) };
    },
    encode({ output: shape, schemas }, output) {
      const headers: Record<string, string> = {};
      const inBody: Record<string, unknown> = {};
      let payload: { name: string; value: unknown } | undefined;
      for (const { name, wire, location } of shape.members()) {
        const value: unknown =
          typeof output === "object" && output !== null ? Reflect.get(output, name) : undefined;
        if (value === undefined) continue;
        if (location === "header") headers[wire] = String(value);
        else if (location === "payload") payload = { name, value };
        else if (location === "body") inBody[name] = value;
      }
      if (payload !== undefined)
        return { headers, body: write(memberSchema(schemas.output, payload.name), Object(payload.value)) };
      const isEmpty = shape.members().every(({ location }) => location !== "body");
      return { headers, body: isEmpty ? "" : write(schemas.output, inBody) };
    },
  };
}
