/** Unrelated resources in the same account, tagged as another project's, as GruCloud would tag them. */
import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { clientsOf } from "../test/fakes/aws/testing.ts";
import type { FakeAws } from "../test/fakes/aws/fake-aws.ts";

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

const TAGS = { "gc-managed-by": "grucloud", "gc-project-name": "strangers", "gc-stage": "dev" };

/** Creates this many APIs, functions and roles; each API has an integration and a route. */
export async function addStrangers(fake: FakeAws, count: number): Promise<void> {
  const { api, lambda, iam } = clientsOf(fake);
  const code = zipSync({ "index.js": new TextEncoder().encode("exports.handler = async () => 1;\n") });
  for (let number = 0; number < count; number += 1) {
    const name = `stranger-${createHash("sha256").update(String(number)).digest("hex").slice(0, 8)}`;
    const { Role } = await iam.createRole({
      RoleName: name,
      AssumeRolePolicyDocument: TRUST,
      Tags: Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value })),
    });
    await lambda.createFunction({
      FunctionName: name,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: Role?.Arn,
      Code: { ZipFile: code },
      Tags: TAGS,
    });
    const { ApiId } = await api.createApi({ Name: name, ProtocolType: "HTTP", Tags: TAGS });
    const { IntegrationId } = await api.createIntegration({
      ApiId,
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "GET",
      IntegrationUri: "https://stranger.example",
      PayloadFormatVersion: "1.0",
    });
    await api.createRoute({ ApiId, RouteKey: "$default", Target: `integrations/${IntegrationId}` });
  }
}
