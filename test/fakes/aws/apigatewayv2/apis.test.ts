import { describe, expect, it } from "vitest";
import { account, httpApi, plain, refusal, webSocketApi } from "../testing.ts";

describe("APIs", () => {
  it("A-01 an HTTP API gets AWS's defaults", async () => {
    const { api } = account();
    const made = plain(await api.createApi({ Name: "a", ProtocolType: "HTTP" }));
    expect(made).toEqual({
      Name: "a",
      ProtocolType: "HTTP",
      RouteSelectionExpression: "$request.method $request.path",
      ApiEndpoint: `https://${made.ApiId}.execute-api.us-east-1.amazonaws.com`,
      ApiId: expect.stringMatching(/^[a-z0-9]{10}$/),
      ApiKeySelectionExpression: "$request.header.x-api-key",
      CreatedDate: expect.any(Date),
      DisableExecuteApiEndpoint: false,
      IpAddressType: "ipv4",
      Tags: {},
    });
    expect(plain(await api.getApi({ ApiId: made.ApiId }))).toEqual(made);
  });

  it("A-02 a WEBSOCKET API needs a RouteSelectionExpression and has a wss endpoint", async () => {
    const { api } = account();
    expect(await refusal(api.createApi({ Name: "w", ProtocolType: "WEBSOCKET" }))).toMatch(
      /^BadRequestException/,
    );
    const made = await api.getApi({ ApiId: await webSocketApi(api) });
    expect(made.ApiEndpoint).toMatch(/^wss:/);
    expect(made.RouteSelectionExpression).toBe("$request.body.action");
    const call = api.updateApi({ ApiId: made.ApiId, RouteSelectionExpression: "" });
    expect(await refusal(call)).toMatch(/^BadRequestException/);
  });

  it("A-03 an HTTP API takes no other RouteSelectionExpression", async () => {
    const { api } = account();
    const call = api.createApi({
      Name: "a",
      ProtocolType: "HTTP",
      RouteSelectionExpression: "$request.body.x",
    });
    expect(await refusal(call)).toMatch(/^BadRequestException/);
  });

  it("A-04 an update merges and an empty text clears", async () => {
    const { api } = account();
    const { ApiId } = await api.createApi({
      Name: "a",
      ProtocolType: "HTTP",
      Description: "d",
      Version: "v1",
      ApiKeySelectionExpression: "$context.authorizer.usageIdentifierKey",
    });
    const first = await api.updateApi({ ApiId, DisableExecuteApiEndpoint: true });
    expect(first).toMatchObject({ Description: "d", Version: "v1", DisableExecuteApiEndpoint: true });
    const second = await api.updateApi({
      ApiId,
      Description: "",
      Version: "",
      ApiKeySelectionExpression: "",
    });
    expect(second.Description).toBeUndefined();
    expect(second.Version).toBeUndefined();
    expect(second.ApiKeySelectionExpression).toBe("$request.header.x-api-key");
    expect(await refusal(api.updateApi({ ApiId, Name: "" }))).toMatch(/^BadRequestException/);
  });

  it("A-05 CORS merges member by member, an empty list clears its member", async () => {
    const { api } = account();
    const { ApiId } = await api.createApi({
      Name: "a",
      ProtocolType: "HTTP",
      CorsConfiguration: { AllowHeaders: ["h"], AllowMethods: ["GET"], MaxAge: 5 },
    });
    await api.updateApi({ ApiId, CorsConfiguration: { AllowOrigins: ["https://a.example"] } });
    expect((await api.getApi({ ApiId })).CorsConfiguration).toEqual({
      AllowHeaders: ["h"],
      AllowMethods: ["GET"],
      AllowOrigins: ["https://a.example"],
      MaxAge: 5,
    });
    await api.updateApi({ ApiId, CorsConfiguration: { AllowHeaders: [] } });
    expect((await api.getApi({ ApiId })).CorsConfiguration?.AllowHeaders).toBeUndefined();
  });

  it("A-06 CORS goes by its own delete call and exists for HTTP only", async () => {
    const { api } = account();
    const cors = { AllowOrigins: ["*"] };
    const { ApiId } = await api.createApi({ Name: "a", ProtocolType: "HTTP", CorsConfiguration: cors });
    await api.deleteCorsConfiguration({ ApiId });
    expect((await api.getApi({ ApiId })).CorsConfiguration).toBeUndefined();
    const w = await webSocketApi(api);
    expect(await refusal(api.updateApi({ ApiId: w, CorsConfiguration: cors }))).toMatch(
      /^BadRequestException/,
    );
  });

  it("A-07 CORS is checked", async () => {
    const { api } = account();
    const make = (CorsConfiguration: object) =>
      refusal(api.createApi({ Name: "a", ProtocolType: "HTTP", CorsConfiguration }));
    expect(await make({ AllowOrigins: ["*"], AllowCredentials: true })).toMatch(/^BadRequestException/);
    expect(await make({ AllowOrigins: ["example.com"] })).toMatch(/^BadRequestException/);
    expect(await make({ AllowMethods: ["FETCH"] })).toMatch(/^BadRequestException/);
    expect(await make({ MaxAge: 86_401 })).toMatch(/^BadRequestException/);
    expect(await make({ AllowMethods: ["put"], AllowOrigins: ["HTTP://A.EXAMPLE"] })).toBe("not refused");
  });

  it("A-08 unknown protocol, missing name and unknown id are refused", async () => {
    const { api } = account();
    const odd = { Name: "a", ProtocolType: "GRPC" };
    expect(await refusal(api.createApi(odd as never))).toMatch(/^BadRequestException/);
    expect(await refusal(api.createApi({ ProtocolType: "HTTP" } as never))).toMatch(/^BadRequestException/);
    expect(await refusal(api.getApi({ ApiId: "nope" }))).toBe(
      "NotFoundException: Invalid API identifier specified 123456789012:nope",
    );
  });

  it("A-09 deleting an API deletes what is below it", async () => {
    const { api } = account();
    const { ApiId } = await httpApi(api);
    await api.createStage({ ApiId, StageName: "s" });
    await api.deleteApi({ ApiId });
    expect(await refusal(api.getRoutes({ ApiId }))).toMatch(/^NotFoundException/);
    expect(await refusal(api.deleteApi({ ApiId }))).toMatch(/^NotFoundException/);
  });

  it("A-10 names need not be unique: two creates make two APIs", async () => {
    const { api, fake } = account();
    await api.createApi({ Name: "a", ProtocolType: "HTTP" });
    await api.createApi({ Name: "a", ProtocolType: "HTTP" });
    expect(fake.state.apis.size).toBe(2);
  });

  it("A-11 lists page by 25, MaxResults is a text, a foreign token is refused", async () => {
    const { api } = account();
    for (let i = 0; i < 60; i++) await api.createApi({ Name: `a${i}`, ProtocolType: "HTTP" });
    const first = await api.getApis({});
    expect(first.Items?.length).toBe(25);
    const second = await api.getApis({ NextToken: first.NextToken });
    const third = await api.getApis({ NextToken: second.NextToken });
    expect(third.Items?.length).toBe(10);
    expect(third.NextToken).toBeUndefined();
    expect((await api.getApis({ MaxResults: "500" })).Items?.length).toBe(60);
    expect(await refusal(api.getApis({ NextToken: "zzz" }))).toMatch(/^BadRequestException/);
    expect(await refusal(api.getApis({ MaxResults: "many" }))).toMatch(/^BadRequestException/);
  });
});

describe("quick create", () => {
  it("Q-01 Target makes a managed integration, route and auto-deployed $default stage", async () => {
    const { api } = account();
    const { ApiId } = await api.createApi({ Name: "q", ProtocolType: "HTTP", Target: "https://a.example/" });
    const integration = (await api.getIntegrations({ ApiId })).Items?.[0];
    expect(integration).toMatchObject({
      ApiGatewayManaged: true,
      ConnectionType: "INTERNET",
      IntegrationMethod: "ANY",
      IntegrationType: "HTTP_PROXY",
      IntegrationUri: "https://a.example/",
      PayloadFormatVersion: "1.0",
      TimeoutInMillis: 30_000,
    });
    expect((await api.getRoutes({ ApiId })).Items?.[0]).toMatchObject({
      ApiGatewayManaged: true,
      RouteKey: "$default",
      Target: `integrations/${integration?.IntegrationId}`,
    });
    const stage = await api.getStage({ ApiId, StageName: "$default" });
    expect(stage).toMatchObject({
      ApiGatewayManaged: true,
      AutoDeploy: true,
      DeploymentId: expect.any(String),
    });
  });

  it("Q-02 a function as Target is an AWS_PROXY with payload 2.0", async () => {
    const { api } = account();
    const Target = "arn:aws:lambda:us-east-1:123456789012:function:f";
    const { ApiId } = await api.createApi({ Name: "q", ProtocolType: "HTTP", Target, RouteKey: "GET /pets" });
    expect((await api.getIntegrations({ ApiId })).Items?.[0]).toMatchObject({
      IntegrationType: "AWS_PROXY",
      IntegrationUri: Target,
      PayloadFormatVersion: "2.0",
    });
    expect((await api.getRoutes({ ApiId })).Items?.[0]?.RouteKey).toBe("GET /pets");
  });

  it("Q-03 UpdateApi changes target and route key of a quick-created API, and of no other", async () => {
    const { api } = account();
    const { ApiId } = await api.createApi({ Name: "q", ProtocolType: "HTTP", Target: "https://a.example/" });
    await api.updateApi({ ApiId, Target: "https://b.example/" });
    expect((await api.getIntegrations({ ApiId })).Items?.[0]?.IntegrationUri).toBe("https://b.example/");
    expect(await refusal(api.updateApi({ ApiId, Target: "" }))).toMatch(/^BadRequestException/);
    const other = await api.createApi({ Name: "a", ProtocolType: "HTTP" });
    const call = api.updateApi({ ApiId: other.ApiId, Target: "https://b.example/" });
    expect(await refusal(call)).toMatch(/^BadRequestException/);
  });

  it("Q-04 the managed integration can be updated, not deleted; the managed stage and route key cannot change", async () => {
    const { api } = account();
    const { ApiId } = await api.createApi({ Name: "q", ProtocolType: "HTTP", Target: "https://a.example/" });
    const integration = (await api.getIntegrations({ ApiId })).Items?.[0];
    const route = (await api.getRoutes({ ApiId })).Items?.[0];
    const ids = { ApiId, IntegrationId: integration?.IntegrationId };
    await api.updateIntegration({ ...ids, IntegrationType: "HTTP_PROXY", TimeoutInMillis: 1000 });
    expect(await refusal(api.deleteIntegration(ids))).toMatch(/^BadRequestException/);
    const stage = api.updateStage({ ApiId, StageName: "$default", Description: "d" });
    expect(await refusal(stage)).toMatch(/^BadRequestException/);
    const key = api.updateRoute({ ApiId, RouteId: route?.RouteId, RouteKey: "GET /y" });
    expect(await refusal(key)).toMatch(/^BadRequestException/);
  });

  it("Q-05 WEBSOCKET APIs have no quick create", async () => {
    const { api } = account();
    const call = api.createApi({
      Name: "w",
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
      Target: "https://a.example/",
    });
    expect(await refusal(call)).toMatch(/^BadRequestException/);
  });
});
