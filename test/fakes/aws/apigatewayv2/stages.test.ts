import { describe, expect, it } from "vitest";
import { account, type Clients, httpApi, plain, refusal, webSocketApi } from "../testing.ts";

async function http(more: Parameters<typeof account>[0] = {}) {
  const clients: Clients = account(more);
  const { api } = clients;
  const base = await httpApi(api);
  const { ApiId } = base;
  const stage = async () => plain(await api.getStage({ ApiId, StageName: "s" }));
  const create = (input: object = {}) => api.createStage({ ApiId, StageName: "s", ...input });
  const update = (input: object) => api.updateStage({ ApiId, StageName: "s", ...input });
  return { ...clients, ...base, stage, create, update };
}

describe("stages", () => {
  it("S-01 an HTTP stage's defaults", async () => {
    const { create } = await http();
    expect(plain(await create())).toEqual({
      CreatedDate: expect.any(Date),
      DefaultRouteSettings: { DetailedMetricsEnabled: false },
      LastUpdatedDate: expect.any(Date),
      RouteSettings: {},
      StageName: "s",
      StageVariables: {},
      Tags: {},
    });
  });

  it("S-02 a WEBSOCKET stage's default settings", async () => {
    const { api } = account();
    const ApiId = await webSocketApi(api);
    const made = await api.createStage({ ApiId, StageName: "s" });
    expect(made.DefaultRouteSettings).toEqual({
      DataTraceEnabled: false,
      DetailedMetricsEnabled: false,
      LoggingLevel: "OFF",
    });
  });

  it("S-03 names: $default for HTTP only, no hyphen on WEBSOCKET, unique per API", async () => {
    const { api, ApiId, create } = await http();
    await create();
    expect(await refusal(create())).toBe("ConflictException: Stage already exists");
    expect(await refusal(create({ StageName: "$default" }))).toBe("not refused");
    expect(await refusal(create({ StageName: "a b" }))).toMatch(/^BadRequestException/);
    expect(await refusal(api.createStage({ ApiId, StageName: "$other" }))).toMatch(/^BadRequestException/);
    const w = await webSocketApi(api);
    expect(await refusal(api.createStage({ ApiId: w, StageName: "$default" }))).toMatch(
      /^BadRequestException/,
    );
    expect(await refusal(api.createStage({ ApiId: w, StageName: "a-b" }))).toMatch(/^BadRequestException/);
  });

  it("S-04 execution logs do not exist on HTTP, not even OFF", async () => {
    const { create } = await http();
    const message = "BadRequestException: Execution logs are not supported on protocolType HTTP";
    expect(await refusal(create({ DefaultRouteSettings: { LoggingLevel: "OFF" } }))).toBe(message);
    expect(await refusal(create({ DefaultRouteSettings: { DataTraceEnabled: true } }))).toBe(message);
  });

  it("S-05 stage variables are merged key by key, an empty value removes", async () => {
    const { create, update } = await http();
    await create({ StageVariables: { a: "1", b: "2" } });
    const made = await update({ StageVariables: { a: "", c: "3" } });
    expect(made.StageVariables).toEqual({ b: "2", c: "3" });
    expect(await refusal(update({ StageVariables: { "a-b": "1" } }))).toMatch(/^BadRequestException/);
    expect(await refusal(update({ StageVariables: { a: "ä" } }))).toMatch(/^BadRequestException/);
  });

  it("S-06 route settings need their route, are merged, and each key is deleted by a call of its own", async () => {
    const { api, ApiId, create, update } = await http();
    const key = "GET /x";
    expect(await refusal(create({ RouteSettings: { "GET /y": {} } }))).toBe(
      "NotFoundException: Unable to find Route by key GET /y within the provided RouteSettings",
    );
    await create({ RouteSettings: { [key]: { ThrottlingBurstLimit: 1 } } });
    const made = await update({ RouteSettings: { [key]: { ThrottlingRateLimit: 2 } } });
    expect(made.RouteSettings).toEqual({ [key]: { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 2 } });
    expect((await update({ RouteSettings: {} })).RouteSettings).toEqual(made.RouteSettings);
    await api.deleteRouteSettings({ ApiId, StageName: "s", RouteKey: key });
    expect((await api.getStage({ ApiId, StageName: "s" })).RouteSettings).toEqual({});
    const again = api.deleteRouteSettings({ ApiId, StageName: "s", RouteKey: key });
    expect(await refusal(again)).toMatch(/^NotFoundException/);
  });

  it("S-13 settings that have outlived their route make every update fail until they are deleted", async () => {
    const { api, ApiId, create, update } = await http();
    await create({ RouteSettings: { "GET /x": { ThrottlingBurstLimit: 1 } } });
    const [route] = (await api.getRoutes({ ApiId })).Items ?? [];
    await api.deleteRoute({ ApiId, RouteId: route?.RouteId });
    expect(await refusal(update({ Description: "d" }))).toBe(
      "NotFoundException: Unable to find Route by key GET /x within the provided RouteSettings",
    );
    await api.deleteRouteSettings({ ApiId, StageName: "s", RouteKey: "GET /x" });
    expect((await update({ Description: "d" })).Description).toBe("d");
  });

  it("S-07 default route settings are merged member by member: a throttle cannot be taken back", async () => {
    const { create, update } = await http();
    await create({ DefaultRouteSettings: { ThrottlingBurstLimit: 5, ThrottlingRateLimit: 6 } });
    const made = await update({ DefaultRouteSettings: { DetailedMetricsEnabled: true } });
    expect(made.DefaultRouteSettings).toEqual({
      DetailedMetricsEnabled: true,
      ThrottlingBurstLimit: 5,
      ThrottlingRateLimit: 6,
    });
    const negative = { DefaultRouteSettings: { ThrottlingBurstLimit: -1 } };
    expect(await refusal(update(negative))).toMatch(/^BadRequestException/);
  });

  it("S-08 access logs need an existing log group and go by their own delete call", async () => {
    const { api, ApiId, logs, create, stage } = await http();
    const DestinationArn = "arn:aws:logs:us-east-1:123456789012:log-group:/api";
    const settings = { AccessLogSettings: { DestinationArn, Format: "$context.requestId" } };
    expect(await refusal(create(settings))).toMatch(/^BadRequestException/);
    await logs.createLogGroup({ logGroupName: "/api" });
    await create(settings);
    expect((await stage()).AccessLogSettings).toEqual(settings.AccessLogSettings);
    await api.deleteAccessLogSettings({ ApiId, StageName: "s" });
    expect((await stage()).AccessLogSettings).toBeUndefined();
  });

  it("S-09 WEBSOCKET logging needs the account's role", async () => {
    const { api } = account({ accountLogsRole: false });
    const ApiId = await webSocketApi(api);
    const call = api.createStage({ ApiId, StageName: "s", DefaultRouteSettings: { LoggingLevel: "INFO" } });
    expect(await refusal(call)).toBe(
      "BadRequestException: CloudWatch Logs role ARN must be set in account settings to enable logging",
    );
  });

  it("S-10 an update merges and an empty description is ignored", async () => {
    const { create, update } = await http();
    await create({ Description: "d", StageVariables: { a: "1" } });
    expect(await update({ AutoDeploy: false })).toMatchObject({
      Description: "d",
      StageVariables: { a: "1" },
    });
    expect((await update({ Description: "" })).Description).toBe("d");
  });

  it("S-11 stages per API are limited", async () => {
    const { create } = await http({ quotas: { stagesPerApi: 1 } });
    await create();
    expect(await refusal(create({ StageName: "t" }))).toMatch(
      /^TooManyRequestsException: Maximum number of Stages/,
    );
  });

  it("S-12 ResetAuthorizersCache wants an existing stage", async () => {
    const { api, ApiId, create } = await http();
    expect(await refusal(api.resetAuthorizersCache({ ApiId, StageName: "s" }))).toMatch(/^NotFoundException/);
    await create();
    expect(await refusal(api.resetAuthorizersCache({ ApiId, StageName: "s" }))).toBe("not refused");
  });
});

describe("deployments", () => {
  it("D-01 a deployment needs a route", async () => {
    const { api } = account();
    const { ApiId } = await api.createApi({ Name: "a", ProtocolType: "HTTP" });
    expect(await refusal(api.createDeployment({ ApiId }))).toBe(
      "BadRequestException: Unable to deploy API because no routes exist in this API",
    );
  });

  it("D-02 a deployment, as it comes back", async () => {
    const { api, ApiId } = await http();
    expect(plain(await api.createDeployment({ ApiId, Description: "d" }))).toEqual({
      AutoDeployed: false,
      CreatedDate: expect.any(Date),
      DeploymentId: expect.stringMatching(/^[a-z0-9]{6}$/),
      DeploymentStatus: "DEPLOYED",
      Description: "d",
    });
  });

  it("D-03 StageName points the stage to the new deployment; it must exist and not deploy itself", async () => {
    const { api, ApiId, create, stage } = await http();
    expect(await refusal(api.createDeployment({ ApiId, StageName: "s" }))).toMatch(/^NotFoundException/);
    await create();
    const { DeploymentId } = await api.createDeployment({ ApiId, StageName: "s" });
    expect((await stage()).DeploymentId).toBe(DeploymentId);
    await create({ StageName: "auto", AutoDeploy: true });
    expect(await refusal(api.createDeployment({ ApiId, StageName: "auto" }))).toMatch(/^BadRequestException/);
  });

  it("D-04 one that a stage points to cannot be deleted", async () => {
    const { api, ApiId, create, update } = await http();
    const { DeploymentId } = await api.createDeployment({ ApiId });
    await create({ DeploymentId });
    expect(await refusal(api.deleteDeployment({ ApiId, DeploymentId }))).toBe(
      "BadRequestException: Active stages pointing to this deployment must be moved or deleted",
    );
    const next = await api.createDeployment({ ApiId });
    await update({ DeploymentId: next.DeploymentId });
    expect(await refusal(api.deleteDeployment({ ApiId, DeploymentId }))).toBe("not refused");
    expect(await refusal(update({ DeploymentId: "nope" }))).toMatch(/^BadRequestException/);
  });

  it("D-05 without AutoDeploy nothing changes for callers until the next deployment", async () => {
    const { api, fake, ApiId, create, stage } = await http();
    await create();
    await api.createDeployment({ ApiId, StageName: "s" });
    await api.createRoute({ ApiId, RouteKey: "GET /y" });
    const record = fake.state.apis.get(ApiId);
    const served = record?.snapshots.get((await stage()).DeploymentId ?? "");
    expect(served?.routes.map((route) => route.RouteKey)).toEqual(["GET /x"]);
  });

  it("D-06 AutoDeploy makes a deployment a moment after each change, with AutoDeployed", async () => {
    const { api, ApiId, create, stage } = await http();
    const answer = await create({ AutoDeploy: true });
    expect(answer.DeploymentId).toBeUndefined();
    const first = (await stage()).DeploymentId;
    await api.createRoute({ ApiId, RouteKey: "GET /y" });
    const second = await stage();
    expect(second.DeploymentId).not.toBe(first);
    expect(second.LastDeploymentStatusMessage).toBe(
      `Successfully deployed stage with deployment ID '${second.DeploymentId}'`,
    );
    const deployment = await api.getDeployment({ ApiId, DeploymentId: second.DeploymentId });
    expect(deployment.AutoDeployed).toBe(true);
    expect(deployment.Description).toBe("Automatic deployment triggered by changes to the Api configuration");
  });

  it("D-07 AutoDeploy without a route says so on the stage", async () => {
    const { api } = account();
    const { ApiId } = await api.createApi({ Name: "a", ProtocolType: "HTTP" });
    await api.createStage({ ApiId, StageName: "s", AutoDeploy: true });
    const stage = await api.getStage({ ApiId, StageName: "s" });
    expect(stage.DeploymentId).toBeUndefined();
    expect(stage.LastDeploymentStatusMessage).toMatch(/no valid routes exist/);
  });

  it("D-08 a stage with AutoDeploy ignores a DeploymentId on create and refuses one on update", async () => {
    const { api, ApiId, create, update, stage } = await http();
    const { DeploymentId } = await api.createDeployment({ ApiId });
    await create({ AutoDeploy: true, DeploymentId });
    const own = (await stage()).DeploymentId;
    expect(own).not.toBe(DeploymentId);
    expect(await refusal(update({ DeploymentId: own }))).toMatch(/^BadRequestException/);
  });

  it("D-09 a description can change; a new one may be PENDING for some reads", async () => {
    const { api, ApiId } = await http({ consistency: { deploymentDone: 1 } });
    const { DeploymentId, DeploymentStatus } = await api.createDeployment({ ApiId, Description: "d" });
    expect(DeploymentStatus).toBe("PENDING");
    expect((await api.getDeployment({ ApiId, DeploymentId })).DeploymentStatus).toBe("PENDING");
    expect((await api.getDeployment({ ApiId, DeploymentId })).DeploymentStatus).toBe("DEPLOYED");
    expect((await api.updateDeployment({ ApiId, DeploymentId, Description: "e" })).Description).toBe("e");
  });

  it("D-10 deleting a stage leaves its deployments", async () => {
    const { api, ApiId, create } = await http();
    const { DeploymentId } = await api.createDeployment({ ApiId });
    await create({ DeploymentId });
    await api.deleteStage({ ApiId, StageName: "s" });
    expect((await api.getDeployment({ ApiId, DeploymentId })).DeploymentId).toBe(DeploymentId);
    expect((await api.getDeployments({ ApiId })).Items?.length).toBe(1);
  });
});
