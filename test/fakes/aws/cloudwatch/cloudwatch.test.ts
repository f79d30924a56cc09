import { CloudWatch } from "@aws-sdk/client-cloudwatch";
import { expect, it } from "vitest";
import { createFakeAws } from "../fake-aws.ts";
import { refusal } from "../testing.ts";

const METRIC = {
  AlarmName: "a",
  MetricName: "5xx",
  Namespace: "AWS/ApiGateway",
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: "GreaterThanThreshold",
} as const;
const ARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a";
const Tags = [{ Key: "t", Value: "1" }];

function world() {
  const fake = createFakeAws();
  const of = (region = "us-east-1") => new CloudWatch({ ...fake.clientConfig(), region });
  return { of, cloudWatch: of() };
}

it("O-01 a put replaces all settings of an alarm, and none of its tags", async () => {
  const { cloudWatch } = world();
  await cloudWatch.putMetricAlarm({ ...METRIC, AlarmDescription: "one", Tags });
  await cloudWatch.putMetricAlarm({ ...METRIC, Tags: [{ Key: "u", Value: "2" }] });
  const { MetricAlarms: [alarm] = [] } = await cloudWatch.describeAlarms({ AlarmNames: ["a"] });
  expect(alarm?.AlarmDescription).toBeUndefined();
  expect(alarm).toMatchObject({ AlarmArn: ARN, ActionsEnabled: true, StateValue: "INSUFFICIENT_DATA" });
  expect((await cloudWatch.listTagsForResource({ ResourceARN: ARN })).Tags).toEqual(Tags);
});

it("O-02 exactly one query returns data, and the band where there is one", async () => {
  const { cloudWatch } = world();
  const { AlarmName, EvaluationPeriods, Threshold, ComparisonOperator } = METRIC;
  const put = (ids: readonly string[], limit: { Threshold: number } | { ThresholdMetricId: string }) => {
    const Metrics = ids.map((Id) => ({ Id, Expression: "1" }));
    return cloudWatch.putMetricAlarm({ AlarmName, EvaluationPeriods, ComparisonOperator, Metrics, ...limit });
  };
  const one = await refusal(put(["a", "b"], { Threshold }));
  expect(one).toContain("Exactly one element of the metrics list should return data.");
  const two = await refusal(put(["a"], { ThresholdMetricId: "a" }));
  expect(two).toContain("Exactly two elements of the metrics list should return data.");
  const band = await refusal(put(["a", "b"], { ThresholdMetricId: "c" }));
  expect(band).toContain("exactly one metric matching the ThresholdMetricId parameter");
  await put(["a", "b"], { ThresholdMetricId: "b" });
});

it("O-03 no more datapoints than periods", async () => {
  const { cloudWatch } = world();
  const refused = await refusal(cloudWatch.putMetricAlarm({ ...METRIC, DatapointsToAlarm: 2 }));
  expect(refused).toContain("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
});

it("O-04 what is not there is told by three names", async () => {
  const { cloudWatch } = world();
  const codes = await Promise.all(
    [
      cloudWatch.deleteAlarms({ AlarmNames: ["a"] }),
      cloudWatch.getDashboard({ DashboardName: "a" }),
      cloudWatch.listTagsForResource({ ResourceARN: ARN }),
    ].map(async (call) => (await refusal(call)).replace(/:.*/, "")),
  );
  expect(codes).toEqual(["ResourceNotFound", "DashboardNotFoundError", "ResourceNotFoundException"]);
});

it("O-05 dashboards are the account's, in every region, with tags", async () => {
  const { cloudWatch, of } = world();
  await cloudWatch.putDashboard({ DashboardName: "d", DashboardBody: "{}", Tags });
  const { DashboardArn: ResourceARN = "" } = await of("eu-west-2").getDashboard({ DashboardName: "d" });
  expect(ResourceARN).toBe("arn:aws:cloudwatch::123456789012:dashboard/d");
  expect((await cloudWatch.listTagsForResource({ ResourceARN })).Tags).toEqual(Tags);
});

it("O-06 a put of a dashboard answers 200 also for what it does not keep", async () => {
  const { cloudWatch } = world();
  const put = (widget: object) =>
    cloudWatch.putDashboard({ DashboardName: "d", DashboardBody: JSON.stringify({ widgets: [widget] }) });
  expect((await put({ type: "chart" })).DashboardValidationMessages).toHaveLength(1);
  expect((await put({})).DashboardValidationMessages).toHaveLength(1);
  const { DashboardBody } = await cloudWatch.getDashboard({ DashboardName: "d" });
  expect(DashboardBody).toContain("chart");
});
