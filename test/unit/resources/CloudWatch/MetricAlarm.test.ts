/** Alarms through the engine: an update sends all of one, and what nobody would hear of is told before. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { entry, fn, fnFiles, httpApi, rights, role, socketApi } from "../../../type-examples/beside.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";

const spec = (...entries: RandomEntry[]) => ({ "resources.js": specText({ entries, files: {} }) });
const METRIC = { MetricName: "5xx", Namespace: "AWS/ApiGateway", Statistic: "Sum", Period: 60 };
const STATISTIC = { MetricName: "Latency", Namespace: "Shop", ExtendedStatistic: "tm95", Period: 60 };
const LIMIT = { EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: "GreaterThanThreshold" };
const CPU = {
  Id: "cpu",
  MetricStat: { Metric: { MetricName: "CPU", Namespace: "Shop" }, Period: 60, Stat: "Sum" },
};
const RANGE = { Id: "band", Expression: "ANOMALY_DETECTION_BAND(cpu, 2)" };
/** On what is unusual, instead of a threshold. */
const unusual = (properties: JsonObject): RandomEntry =>
  entry("CloudWatch", "MetricAlarm", {
    AlarmName: "errors",
    EvaluationPeriods: 1,
    ComparisonOperator: "GreaterThanUpperThreshold",
    ThresholdMetricId: "band",
    ...properties,
  });
const alarm = (properties: JsonObject, dependencies?: Record<string, string[]>): RandomEntry =>
  entry("CloudWatch", "MetricAlarm", { AlarmName: "errors", ...LIMIT, ...properties }, dependencies);
const topic = (Attributes: JsonObject = {}, dependencies?: Record<string, string>): RandomEntry =>
  entry("SNS", "Topic", { Name: "news", Attributes }, dependencies);
const notifying = { snsTopicAlarmActions: ["news"] };
/** Source of a spec whose alarm refers to another resource of it. */
const referring = (others: readonly RandomEntry[], of: string, rest: JsonObject) => ({
  ...fnFiles,
  "resources.js": `const others = () => { const exports = {}; ${specText({ entries: [...others], files: {} })}; return exports.createResources(); };
    exports.createResources = () => [...others(), { group: "CloudWatch", type: "MetricAlarm",
      properties: ({ getId }) => ({ ...${JSON.stringify({ AlarmName: "errors", ...LIMIT, ...METRIC, ...rest })}, ${of} }) }];`,
});

it("a topic among the dependencies is notified, and the alarm goes first", async () => {
  const { engine, callsOf, fake } = engineOnFake();
  const files = spec(topic(), alarm(METRIC, notifying));
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  const AlarmActions = ["arn:aws:sns:us-east-1:123456789012:news"];
  expect(callsOf("PutMetricAlarm").map(({ input }) => input)).toMatchObject([{ AlarmActions }]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
  await engine.destroy(files, { allowDeletion: ["news"] });
  const deletions = fake.calls.filter(({ operation }) => operation.startsWith("Delete"));
  expect(deletions.map(({ operation }) => operation)).toEqual(["DeleteAlarms", "DeleteTopic"]);
});

it("an update sends everything, because what is not sent is gone, and no tags, which AWS ignores", async () => {
  const { engine, callsOf } = engineOnFake();
  const of = (properties: JsonObject) =>
    spec(alarm({ ...METRIC, AlarmDescription: "Errors", Tags: { team: "a" }, ...properties }));
  await engine.apply(of({}));
  await engine.apply(of({ Threshold: 5 }));
  const [, updated] = callsOf("PutMetricAlarm").map(({ input }) => input);
  expect(updated).toMatchObject({ ...METRIC, ...LIMIT, AlarmDescription: "Errors", Threshold: 5 });
  expect(updated).not.toHaveProperty("Tags");
  expect(changesOf(await engine.plan(of({ Threshold: 5 })))).toEqual([]);
});

it("queries and dimensions in another order are the same", async () => {
  const { engine } = engineOnFake();
  const of = (turned: boolean) => {
    const turn = <T>(list: T[]): T[] => (turned ? list.toReversed() : list);
    const Dimensions = turn([
      { Name: "ApiId", Value: "a1" },
      { Name: "Stage", Value: "live" },
    ]);
    const Metric = { Namespace: "AWS/ApiGateway", MetricName: "5xx", Dimensions };
    const failed = { Id: "failed", ReturnData: false, MetricStat: { Metric, Period: 60, Stat: "Sum" } };
    return spec(alarm({ Metrics: turn<JsonObject>([{ Id: "rate", Expression: "failed / 2" }, failed]) }));
  };
  await engine.apply(of(false));
  expect(changesOf(await engine.plan(of(true)))).toEqual([]);
});

it("an anomaly detection alarm watches its metric and the band, both of which return data", async () => {
  const { engine } = engineOnFake();
  const files = spec(unusual({ Metrics: [CPU, RANGE] }));
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
});

it("a statistic that is no percentile is sent without what is for percentiles only", async () => {
  const { engine } = engineOnFake();
  const files = spec(alarm(STATISTIC));
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
});

it("a hundred alarms are described by one call, and one that left is found by its tags", async () => {
  const { engine, callsOf, fake } = engineOnFake();
  const all = Array.from({ length: 101 }, (_, n) => alarm({ AlarmName: `a:${n}`, ...METRIC }));
  await engine.apply(spec(...all));
  fake.resetCalls();
  const { changes } = await engine.plan(spec(...all.slice(1)));
  expect(changes.filter(({ action }) => action !== "no-op").map(({ name }) => name)).toEqual(["a:0"]);
  expect(callsOf("DescribeAlarms").length).toBeLessThanOrEqual(2);
});

describe("what AWS would refuse is refused at its line", () => {
  const MATH = [{ Id: "rate", Expression: "1 / 2" }];
  const tagged = (keys: JsonObject): JsonObject => ({
    ActionConfiguration: { AlarmTagsPropagation: { Enabled: true, ...keys } },
  });
  it.each([
    [{}, "MetricName is required"],
    [{ ...METRIC, Metrics: MATH }, "Metrics: cannot go with MetricName"],
    [{ Metrics: MATH, Period: 60 }, "Period: cannot go with Metrics"],
    [{ Metrics: [...MATH, { Id: "other", Expression: "2" }] }, "Metrics has 2 with ReturnData"],
    [{ Metrics: [{ Id: "none" }] }, "Metrics: none needs either MetricStat or Expression"],
    [{ ...METRIC, ...tagged({ IncludedTagKeys: ["a"], ExcludedTagKeys: ["b"] }) }, "cannot go with Included"],
    [
      { ...METRIC, ...tagged({ IncludedTagKeys: Array.from({ length: 51 }, (_, n) => `t${n}`) }) },
      "IncludedTagKeys",
    ],
    [{ MetricName: "5xx", Statistic: "Sum", Period: 60 }, "Namespace is required"],
    [{ MetricName: "5xx", Namespace: "Shop", Period: 60 }, "Statistic is required"],
    [{ ...METRIC, ExtendedStatistic: "p99" }, "ExtendedStatistic: cannot go with Statistic"],
    [{ ...METRIC, EvaluateLowSampleCountPercentile: "ignore" }, "is only for percentiles"],
    [{ ...STATISTIC, EvaluateLowSampleCountPercentile: "ignore" }, "is only for percentiles"],
    [{ ...METRIC, Period: 45 }, "45 is neither 10, 20, 30 nor a multiple of 60"],
    [{ ...METRIC, Period: 5 }, "5 is neither 10, 20, 30 nor"],
    [{ ...METRIC, EvaluationPeriods: 1441 }, "make 86460 s; AWS takes at most 86400"],
    [{ ...METRIC, Period: 3600, EvaluationPeriods: 169 }, "AWS takes at most 604800"],
    [{ ...METRIC, DatapointsToAlarm: 2 }, "DatapointsToAlarm is 2, more than EvaluationPeriods, 1"],
    [{ ...METRIC, ComparisonOperator: "LessThanLowerThreshold" }, "ThresholdMetricId is required"],
    [{ ...METRIC, ThresholdMetricId: "m1" }, "ThresholdMetricId: cannot go with GreaterThanThreshold"],
    [{ ...METRIC, EvaluationInterval: 60 }, "EvaluationInterval: cannot go with MetricName"],
    [{ EvaluationCriteria: { PromQLCriteria: { Query: "up" } } }, "EvaluationInterval is required"],
  ])("%j", async (properties, message) => {
    const { engine } = engineOnFake();
    await expect(engine.plan(spec(alarm(properties)))).rejects.toThrow(message);
  });

  it.each([
    [{ Metrics: [CPU, { ...RANGE, ReturnData: false }] }, "Metrics has 1 with ReturnData"],
    [{ Metrics: [CPU, { ...RANGE, Id: "other" }] }, "ThresholdMetricId is band, but no query"],
    [METRIC, "ThresholdMetricId is band, but no query"],
  ])("of an anomaly detection alarm: %j", async (properties, message) => {
    const { engine } = engineOnFake();
    await expect(engine.plan(spec(unusual(properties)))).rejects.toThrow(message);
  });

  it("and what it takes is not", async () => {
    const { engine } = engineOnFake();
    const hourly = { ...METRIC, Period: 3600, EvaluationPeriods: 168 };
    const daily = { ...METRIC, AlarmName: "b", EvaluationPeriods: 1440 };
    expect((await engine.plan(spec(alarm(hourly), alarm(daily)))).problems).toEqual([]);
  });
});

describe("an alarm that nobody would hear of is a warning", () => {
  const closedOf = async (...entries: RandomEntry[]) =>
    (await engineOnFake().engine.plan(spec(...entries, alarm(METRIC, notifying)))).problems
      .filter(({ code }) => code === "TARGET_CLOSED")
      .map(({ message }) => message);
  const key = (...actions: string[]): RandomEntry => {
    const [own] = rights(...actions).Statement as JsonObject[];
    const Principal = { Service: "cloudwatch.amazonaws.com" };
    const Policy = { Version: "2012-10-17", Statement: [{ ...own, Principal }] };
    return entry("KMS", "Key", { Policy }, undefined, "mine");
  };

  it("a topic whose policy is for others", async () => {
    const [statement] = rights("sns:Publish").Statement as JsonObject[];
    const of = (Service: string) => ({
      Policy: { Version: "2012-10-17", Statement: [{ ...statement, Principal: { Service } }] },
    });
    expect(await closedOf(topic(of("s3.amazonaws.com")))).toEqual([expect.stringContaining("does not let")]);
    expect(await closedOf(topic(of("cloudwatch.amazonaws.com")))).toEqual([]);
    expect(await closedOf(topic())).toEqual([]);
  });

  it("a topic with AWS's key, or with a key that alarms may not use", async () => {
    expect(await closedOf(topic({ KmsMasterKeyId: "alias/aws/sns" }))).toHaveLength(1);
    expect(await closedOf(key("kms:Decrypt"), topic({}, { kmsKey: "mine" }))).toHaveLength(1);
    expect(await closedOf(key("kms:GenerateDataKey*"), topic({}, { kmsKey: "mine" }))).toEqual([]);
  });

  it("a function without a permission for alarms", async () => {
    const action =
      'AlarmActions: [getId({ group: "Lambda", type: "Function", name: "fn", path: "live.Arn" })]';
    const allowed = entry(
      "Lambda",
      "Permission",
      {
        Permissions: [
          { Action: "lambda:InvokeFunction", Principal: "lambda.alarms.cloudwatch.amazonaws.com" },
        ],
      },
      { lambdaFunction: "fn" },
    );
    const closed = async (...more: RandomEntry[]) =>
      (await engineOnFake().engine.plan(referring([role, fn, ...more], action, {}))).problems.filter(
        ({ code }) => code === "TARGET_CLOSED",
      );
    expect(await closed()).toHaveLength(1);
    expect(await closed(allowed)).toEqual([]);
  });

  it("a metric or a dimension of REST APIs", async () => {
    const api = (protocol: string): RandomEntry => (protocol === "HTTP" ? httpApi : socketApi);
    const doubts = async (protocol: string, MetricName: string, dimension = "ApiId") => {
      const of = `Dimensions: [{ Name: "${dimension}", Value: getId({ group: "ApiGatewayV2", type: "Api", name: "shop" }) }]`;
      const { problems } = await engineOnFake().engine.plan(referring([api(protocol)], of, { MetricName }));
      return problems.filter(({ code }) => code === "ALARM_WITHOUT_DATA").map(({ message }) => message);
    };
    expect(await doubts("HTTP", "5XXError")).toEqual([
      expect.stringContaining('"5XXError" never has a value'),
    ]);
    expect(await doubts("HTTP", "5xx")).toEqual([]);
    expect(await doubts("HTTP", "5xx", "ApiName")).toEqual([expect.stringContaining("without ApiId")]);
    expect(await doubts("WEBSOCKET", "5xx")).toHaveLength(1);
    expect(await doubts("WEBSOCKET", "ExecutionError")).toEqual([]);
  });
});
