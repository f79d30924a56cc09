/** An AWS for measurements: the strict fake behind the counting proxy, over HTTP, so that the requests that were sent are counted. */
import { type Bench, engineOn } from "../test/integration/harness.ts";
import { createFakeAws, type FakeAws } from "../test/fakes/aws/fake-aws.ts";
import { type AwsProxy, type AwsProxyOptions, createAwsProxy } from "../test/fakes/proxy/proxy.ts";

export interface Account {
  readonly fake: FakeAws;
  readonly proxy: AwsProxy;
  /** The engine on this AWS. Every verb makes a new connection, as every run of the product does. */
  readonly engine: Bench;
  /** What a call of the proxy reaches. */
  readonly url: string;
  close(): Promise<void>;
}

interface AccountOptions extends Omit<AwsProxyOptions, "upstream"> {
  /** Respects the request budget, as the product does. Without it nothing waits: calls are counted, not timed. */
  readonly budget?: boolean;
}

const REGION = "us-east-1";

export async function startAccount({ budget = false, ...options }: AccountOptions = {}): Promise<Account> {
  const fake = createFakeAws({ region: REGION, clock: Date.now });
  const behind = await fake.listen();
  const proxy = createAwsProxy({ upstream: behind.url, ...options });
  const front = await proxy.listen();
  return {
    fake,
    proxy,
    url: front.url,
    engine: engineOn({
      region: REGION,
      endpoint: front.url,
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
      ...(budget ? {} : { budget: async () => {} }),
    }),
    close: async () => {
      await front.close();
      await behind.close();
    },
  };
}
