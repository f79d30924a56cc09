import type { Ctx } from "./context.ts";
import { type Operation, operation } from "./service.ts";

/** A method of an SDK client, as its three overloads say: what it takes and what it answers. */
interface Method<I, O> {
  (args: I, options?: never): Promise<O>;
  (args: I, callback: never): void;
  (args: I, options: never, callback: never): void;
}
export type InputOf<Client, Name extends keyof Client> =
  Client[Name] extends Method<infer I, infer _O> ? NonNullable<I> : never;
export type OutputOf<Client, Name extends keyof Client> =
  Client[Name] extends Method<infer _I, infer O> ? Omit<O, "$metadata"> : never;

/** Binds one operation, typed by the SDK's client, to what the fake does for it. */
export type Implement<Client> = <Name extends keyof Client & string>(
  name: Name,
  // biome-ignore lint/suspicious/noConfusingVoidType: an operation without an output answers nothing
  run: (ctx: Ctx, input: InputOf<Client, Name>) => OutputOf<Client, Name> | void,
) => Operation;

/** Operations of a client by their method names: `sdk<ApiGatewayV2>(client)("getApi", (ctx, input) => …)`. */
export function sdk<Client>(module: object): Implement<Client> {
  return (name, run) => operation(schemaOf(module, name), run);
}

/** An operation's schema by its name, in either case: `getApi` or `GetApi`. */
export function schemaOf(module: object, name: string): unknown {
  const schema: unknown = Reflect.get(module, `${name.charAt(0).toUpperCase()}${name.slice(1)}$`);
  if (schema === undefined) throw new Error(`The SDK has no operation ${name}`);
  return schema;
}
