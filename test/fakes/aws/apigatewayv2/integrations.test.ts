import type { CreateIntegrationRequest } from "@aws-sdk/client-apigatewayv2";
import { describe, expect, it } from "vitest";
import { account, FUNCTION_ARN, httpApi, plain, refusal, webSocketApi } from "../testing.ts";

const ROLE = "arn:aws:iam::123456789012:role/api";
type Input = Omit<CreateIntegrationRequest, "ApiId">;
const HTTP: Input = {
  IntegrationType: "HTTP_PROXY",
  IntegrationMethod: "GET",
  IntegrationUri: "https://a.example",
};
const SQS: Input = {
  IntegrationType: "AWS_PROXY",
  IntegrationSubtype: "SQS-SendMessage",
  CredentialsArn: ROLE,
  RequestParameters: { QueueUrl: "https://sqs.example/q", MessageBody: "$request.body", DelaySeconds: "5" },
};

async function http(more: Input = HTTP) {
  const { api } = account();
  const { ApiId } = await api.createApi({ Name: "a", ProtocolType: "HTTP" });
  const create = (input: Input) => api.createIntegration({ ApiId, ...input });
  const made = await create(more);
  const ids = { ApiId, IntegrationId: made.IntegrationId };
  const update = (input: object) =>
    api.updateIntegration({ ...ids, IntegrationType: more.IntegrationType, ...input });
  return { api, ApiId, create, made, ids, update };
}

async function webSocket() {
  const { api } = account();
  const ApiId = await webSocketApi(api);
  return { api, ApiId, create: (input: Input) => api.createIntegration({ ApiId, ...input }) };
}

describe("integrations: defaults", () => {
  it("I-01 HTTP_PROXY on an HTTP API", async () => {
    const { made } = await http();
    expect(plain(made)).toEqual({
      ConnectionType: "INTERNET",
      IntegrationId: expect.stringMatching(/^[a-z0-9]{7}$/),
      IntegrationMethod: "GET",
      IntegrationType: "HTTP_PROXY",
      IntegrationUri: "https://a.example",
      PayloadFormatVersion: "1.0",
      TimeoutInMillis: 30_000,
    });
  });

  it("I-02 a Lambda integration posts", async () => {
    const { create } = await http();
    const input = {
      IntegrationType: "AWS_PROXY",
      IntegrationUri: FUNCTION_ARN,
      PayloadFormatVersion: "2.0",
    } as const;
    expect(await create(input)).toMatchObject({ IntegrationMethod: "POST", PayloadFormatVersion: "2.0" });
  });

  it("I-03 WEBSOCKET: time-out 29 s, passthrough, and a response selection unless it is a proxy", async () => {
    const { create } = await webSocket();
    const mock = await create({ IntegrationType: "MOCK" });
    expect(plain(mock)).toEqual({
      ConnectionType: "INTERNET",
      IntegrationId: expect.any(String),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
      IntegrationResponseSelectionExpression: "${integration.response.statuscode}",
      IntegrationType: "MOCK",
      PassthroughBehavior: "WHEN_NO_MATCH",
      PayloadFormatVersion: "1.0",
      TimeoutInMillis: 29_000,
    });
    const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION_ARN}/invocations`;
    const aws = await create({ IntegrationType: "AWS", IntegrationUri: uri });
    expect(aws.IntegrationMethod).toBe("POST");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
    expect(aws.IntegrationResponseSelectionExpression).toBe("${integration.response.body.errorMessage}");
    expect((await create(HTTP)).IntegrationResponseSelectionExpression).toBeUndefined();
  });

  it("I-04 an HTTP API takes a PassthroughBehavior and forgets it", async () => {
    const { create } = await http();
    expect(
      (await create({ ...HTTP, PassthroughBehavior: "WHEN_NO_MATCH" })).PassthroughBehavior,
    ).toBeUndefined();
  });

  it("I-05 a service integration has no method and payload 1.0", async () => {
    const { made } = await http(SQS);
    expect(made.IntegrationMethod).toBeUndefined();
    expect(made.PayloadFormatVersion).toBe("1.0");
  });
});

describe("integrations: what is refused", () => {
  it("I-06 HTTP APIs have proxies only, and no templates", async () => {
    const { create } = await http();
    expect(await refusal(create({ IntegrationType: "MOCK" }))).toBe(
      "BadRequestException: Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)",
    );
    expect(await refusal(create({ ...HTTP, RequestTemplates: { a: "b" } }))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...HTTP, TemplateSelectionExpression: "x" }))).toMatch(
      /^BadRequestException/,
    );
    expect(await refusal(create({ ...HTTP, ContentHandlingStrategy: "CONVERT_TO_TEXT" }))).toMatch(
      /^BadRequest/,
    );
  });

  it("I-07 WEBSOCKET APIs have no subtype, response parameters, TLS, nor payload 2.0", async () => {
    const { create } = await webSocket();
    expect(await refusal(create(SQS))).toMatch(/^BadRequestException/);
    const mapped = { "200": { "append:header.a": "b" } };
    expect(await refusal(create({ ...HTTP, ResponseParameters: mapped }))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...HTTP, PayloadFormatVersion: "2.0" }))).toMatch(/^BadRequestException/);
  });

  it("I-08 PayloadFormatVersion is required for Lambda on HTTP, 2.0 is for it only", async () => {
    const { create } = await http();
    const lambda = { IntegrationType: "AWS_PROXY", IntegrationUri: FUNCTION_ARN } as const;
    expect(await refusal(create(lambda))).toMatch(/^BadRequestException: PayloadFormatVersion is a required/);
    expect(await refusal(create({ ...HTTP, PayloadFormatVersion: "2.0" }))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...SQS, PayloadFormatVersion: "2.0" }))).toMatch(/^BadRequestException/);
  });

  it("I-09 time-outs are 50 ms to 30 s (HTTP), 29 s (WEBSOCKET)", async () => {
    const { create } = await http();
    expect(await refusal(create({ ...HTTP, TimeoutInMillis: 49 }))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...HTTP, TimeoutInMillis: 30_001 }))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...HTTP, TimeoutInMillis: 30_000 }))).toBe("not refused");
    const ws = await webSocket();
    expect(await refusal(ws.create({ ...HTTP, TimeoutInMillis: 29_001 }))).toMatch(/^BadRequestException/);
  });

  it("I-10 method, URI and credentials are checked", async () => {
    const { create } = await http();
    expect(await refusal(create({ IntegrationType: "HTTP_PROXY", IntegrationUri: "https://a" }))).toMatch(
      /^BadRequest/,
    );
    expect(await refusal(create({ ...HTTP, IntegrationMethod: "FETCH" }))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...HTTP, IntegrationUri: "not a url" }))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...HTTP, CredentialsArn: "x" }))).toMatch(/^BadRequestException/);
    const s3 = {
      IntegrationType: "AWS_PROXY",
      IntegrationUri: "arn:aws:s3:::b",
      PayloadFormatVersion: "2.0",
    } as const;
    expect(await refusal(create(s3))).toMatch(/^BadRequestException/);
  });

  it("I-11 empty texts are refused on create, but for description and credentials", async () => {
    const { create } = await http();
    for (const member of ["IntegrationUri", "ConnectionId", "IntegrationMethod"]) {
      expect(await refusal(create({ ...HTTP, [member]: "" }))).toMatch(/^BadRequestException/);
    }
    const none = await create({ ...HTTP, Description: "", CredentialsArn: "" });
    expect(none.Description).toBeUndefined();
    expect(none.CredentialsArn).toBeUndefined();
  });

  it("I-12 a VPC link needs a ConnectionId and, on HTTP APIs, a listener; without one there is no ConnectionId, and TLS is forgotten", async () => {
    const { create } = await http();
    const listener = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/net/a/b/c";
    const link = {
      ...HTTP,
      ConnectionType: "VPC_LINK",
      ConnectionId: "vl",
      IntegrationUri: listener,
    } as const;
    expect(await refusal(create({ ...link, TlsConfig: { ServerNameToVerify: "a" } }))).toBe("not refused");
    expect(await refusal(create({ ...link, IntegrationUri: "https://a" }))).toMatch(/^BadRequestException/);
    const { ConnectionId: _gone, ...without } = link;
    expect(await refusal(create(without))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...HTTP, ConnectionId: "vl" }))).toMatch(/^BadRequestException/);
    expect((await create({ ...HTTP, TlsConfig: { ServerNameToVerify: "a" } })).TlsConfig).toBeUndefined();
    const ws = await webSocket();
    const old = { ...HTTP, ConnectionType: "VPC_LINK", ConnectionId: "vl" } as const;
    expect(await refusal(ws.create(old))).toBe("not refused");
  });

  it("I-13 parameter mappings have a form, per kind of API", async () => {
    const { create } = await http();
    const map = (key: string, value = "x") =>
      refusal(create({ ...HTTP, RequestParameters: { [key]: value } }));
    expect(await map("append:header.a")).toBe("not refused");
    expect(await map("overwrite:path")).toBe("not refused");
    expect(await map("remove:querystring.q", "''")).toBe("not refused");
    expect(await map("integration.request.header.a")).toMatch(/^BadRequestException/);
    expect(await map("append:header.a", "")).toMatch(/^BadRequestException/);
    expect(await map("append:header.a", "x".repeat(513))).toMatch(/^BadRequestException/);
    const respond = (status: string, key: string) =>
      refusal(create({ ...HTTP, ResponseParameters: { [status]: { [key]: "x" } } }));
    expect(await respond("404", "overwrite:statuscode")).toBe("not refused");
    expect(await respond("600", "append:header.a")).toMatch(/^BadRequestException/);
    expect(await respond("200", "append:overwrite.a")).toMatch(/^BadRequestException/);
    const ws = await webSocket();
    const wrong = ws.create({ ...HTTP, RequestParameters: { "append:header.a": "x" } });
    expect(await refusal(wrong)).toMatch(/^BadRequestException/);
  });

  it("I-14 a service integration needs a known subtype, a role, its parameters and no URI", async () => {
    const { create } = await http();
    expect(await refusal(create({ ...SQS, IntegrationSubtype: "SQS-Send" }))).toMatch(/^BadRequestException/);
    const { CredentialsArn: _role, ...noRole } = SQS;
    expect(await refusal(create(noRole))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...SQS, RequestParameters: { QueueUrl: "q" } }))).toMatch(/MessageBody/);
    const odd = { QueueUrl: "q", MessageBody: "b", Colour: "red" };
    expect(await refusal(create({ ...SQS, RequestParameters: odd }))).toMatch(/Colour/);
    expect(await refusal(create({ ...SQS, IntegrationUri: FUNCTION_ARN }))).toMatch(/^BadRequestException/);
  });
});

describe("integrations: update", () => {
  it("I-15 must carry the subtype where there is one, and need not carry the type", async () => {
    const plainOne = await http();
    const changed = await plainOne.api.updateIntegration({ ...plainOne.ids, TimeoutInMillis: 100 });
    expect(changed.TimeoutInMillis).toBe(100);
    const sqs = await http(SQS);
    const update = sqs.update({ RequestParameters: SQS.RequestParameters });
    expect(await refusal(update)).toMatch(/^BadRequestException/);
  });

  it("I-16 merges; an empty text clears and what has a default falls back to it", async () => {
    const { update } = await http({ ...HTTP, Description: "d", CredentialsArn: ROLE });
    expect(await update({ TimeoutInMillis: 100 })).toMatchObject({ Description: "d", CredentialsArn: ROLE });
    const cleared = await update({ Description: "", CredentialsArn: "" });
    expect(cleared.Description).toBeUndefined();
    expect(cleared.CredentialsArn).toBeUndefined();
    expect(cleared.TimeoutInMillis).toBe(100);
  });

  it("I-17 HTTP parameters are merged key by key, an empty value removes", async () => {
    const { update } = await http({
      ...HTTP,
      RequestParameters: { "append:header.a": "1", "append:header.b": "2" },
    });
    const made = await update({ RequestParameters: { "append:header.a": "", "append:header.c": "3" } });
    expect(made.RequestParameters).toEqual({ "append:header.b": "2", "append:header.c": "3" });
    const none = await update({ RequestParameters: { "append:header.b": "", "append:header.c": "" } });
    expect(none.RequestParameters).toBeUndefined();
  });

  it("I-18 response parameters are merged by status code, an empty map removes", async () => {
    const first = { "200": { "append:header.a": "1" }, "404": { "overwrite:statuscode": "200" } };
    const { update } = await http({ ...HTTP, ResponseParameters: first });
    const made = await update({ ResponseParameters: { "404": {}, "500": { "append:header.b": "2" } } });
    expect(made.ResponseParameters).toEqual({
      "200": { "append:header.a": "1" },
      "500": { "append:header.b": "2" },
    });
  });

  it("I-19 a service integration's update needs its whole parameters, refuses empty ones and cannot remove one", async () => {
    const { update } = await http(SQS);
    const subtype = { IntegrationSubtype: "SQS-SendMessage" };
    expect(await refusal(update({ ...subtype, Description: "d" }))).toMatch(/^BadRequestException/);
    expect(await refusal(update({ ...subtype, RequestParameters: { QueueUrl: "q" } }))).toMatch(
      /MessageBody/,
    );
    const tombstone = { ...SQS.RequestParameters, DelaySeconds: "" };
    expect(await refusal(update({ ...subtype, RequestParameters: tombstone }))).toBe(
      "BadRequestException: Invalid selection expression specified: Validation Result: warnings : [], errors : [Mapping expression missing source or destination]",
    );
    const shorter = { QueueUrl: "https://sqs.example/other", MessageBody: "$request.body" };
    const made = await update({ ...subtype, RequestParameters: shorter });
    expect(made.RequestParameters).toEqual({ ...shorter, DelaySeconds: "5" });
  });

  it("I-20 the merged whole is checked, not only what was sent", async () => {
    const { update } = await http();
    expect(await refusal(update({ IntegrationUri: "" }))).toMatch(/^BadRequestException/);
    expect(await refusal(update({ ConnectionType: "VPC_LINK" }))).toMatch(/^BadRequestException/);
  });
});

describe("integrations: delete", () => {
  it("I-21 not while a route targets it", async () => {
    const { api } = account();
    const { ApiId, IntegrationId, RouteId } = await httpApi(api);
    expect(await refusal(api.deleteIntegration({ ApiId, IntegrationId }))).toBe(
      `ConflictException: Cannot delete Integration because it is referenced by the following Routes with Ids: [${RouteId}]`,
    );
    await api.deleteRoute({ ApiId, RouteId });
    await api.deleteIntegration({ ApiId, IntegrationId });
    expect(await refusal(api.getIntegration({ ApiId, IntegrationId }))).toMatch(/^NotFoundException/);
  });
});
