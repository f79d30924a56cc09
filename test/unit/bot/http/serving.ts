/** A server on a free port for one test file, and a log that is looked at. */
import { createServer, type HttpServer, type ServerOptions } from "../../../../bot/http/server.ts";
import type { Log } from "../../../../bot/services/services.ts";

export interface Lines extends Log {
  readonly lines: string[];
}

/** Keeps what was logged, as one text per line. */
export function keptLog(): Lines {
  const lines: string[] = [];
  const keep =
    (level: string) =>
    (fields: Readonly<Record<string, unknown>>, text: string): void => {
      lines.push(`${level} ${text} ${JSON.stringify(fields)}`);
    };
  return { lines, info: keep("info"), warn: keep("warn"), error: keep("error") };
}

export interface Serving {
  readonly url: string;
  readonly port: number;
  readonly server: HttpServer;
}

export async function serving(
  options: Omit<ServerOptions, "log"> & { readonly log?: Log },
): Promise<Serving> {
  const server = createServer({ log: keptLog(), ...options });
  const port = await server.listen(0, "127.0.0.1");
  return { url: `http://127.0.0.1:${port}`, port, server };
}
