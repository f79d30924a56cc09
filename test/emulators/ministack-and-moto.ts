/** MiniStack, with moto for what it lacks of the examples: the registrar and VPC links. */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { startMiniStack } from "./ministack.ts";
import { startMoto } from "./moto.ts";
import type { Emulator } from "./process.ts";

export interface MiniStackAndMoto extends Emulator {
  /** Where APIs are called, with their host name as `Host`. */
  readonly calledAt: number;
}

const REGISTRAR = /^Route53Domains_/;
/** Their calls, and those of their tags. */
const VPC_LINKS = /^\/v2\/(vpclinks|tags\/[^?]*(\/|%2F)vpclinks)(%2F|[/?]|$)/;

/** @param registered domains that somebody has registered already */
export async function startMiniStackAndMoto(registered: readonly string[]): Promise<MiniStackAndMoto> {
  const [mini, moto] = await Promise.all([startMiniStack(), startMoto()]);
  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const { method, url: path, headers } = incoming;
    const atMoto = REGISTRAR.test(String(headers["x-amz-target"] ?? "")) || VPC_LINKS.test(path ?? "");
    const { port } = atMoto ? moto : mini;
    const upstream = request({ host: "127.0.0.1", port, method, path, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    upstream.once("error", () => incoming.socket.destroy());
    incoming.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  for (const domain of registered) await register(url, domain);
  return {
    ...mini,
    port,
    url,
    calledAt: mini.port,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await Promise.all([mini.stop(), moto.stop()]);
    },
  };
}

async function register(endpoint: string, DomainName: string): Promise<void> {
  const { Route53Domains } = await import("@aws-sdk/client-route-53-domains");
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new Route53Domains({ endpoint, region: "us-east-1", credentials });
  const contact = {
    FirstName: "Ana",
    LastName: "Example",
    ContactType: "PERSON",
    AddressLine1: "1 Example Street",
    City: "London",
    CountryCode: "GB",
    ZipCode: "N1 1AA",
    PhoneNumber: "+44.2071234567",
    Email: "ana@example.com",
  } as const;
  const all = { AdminContact: contact, RegistrantContact: contact, TechContact: contact };
  await client.registerDomain({ DomainName, DurationInYears: 2, ...all });
}
