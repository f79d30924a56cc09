/**
 * How many calls a second the fake answers in process, with the SDK in front: `node test/fakes/aws/speed.ts`.
 * Not a test: numbers depend on the machine.
 */
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { IAM } from "@aws-sdk/client-iam";
import { createFakeAws } from "./fake-aws.ts";

const fake = createFakeAws();
const api = new ApiGatewayV2(fake.clientConfig());
const iam = new IAM(fake.clientConfig());
const { ApiId } = await api.createApi({ Name: "bench", ProtocolType: "HTTP" });
await iam.createRole({
  RoleName: "bench",
  AssumeRolePolicyDocument: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ],
  }),
});

async function measure(name: string, call: (i: number) => Promise<unknown>, n = 5000): Promise<void> {
  for (let i = 0; i < 300; i++) await call(i);
  const start = performance.now();
  for (let i = 0; i < n; i++) await call(i + 1000);
  const rate = Math.round(n / ((performance.now() - start) / 1000));
  console.log(`${name}: ${rate} calls a second`);
}

await measure("GetApi", () => api.getApi({ ApiId }));
await measure("UpdateApi", (i) => api.updateApi({ ApiId, Description: `d${i}` }));
await measure("GetRole", () => iam.getRole({ RoleName: "bench" }));
const { signer: _none, ...config } = fake.clientConfig();
const signed = new ApiGatewayV2(config);
await measure("GetApi, really signed", () => signed.getApi({ ApiId }));
const handler = fake.requestHandler();
const request = {
  method: "GET",
  path: `/v2/apis/${ApiId}`,
  query: {},
  headers: { authorization: "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/apigateway/aws4_request" },
};
await measure("the fake alone", () => handler.handle(request));
