import type { JsonObject } from "../../../src/model/values.ts";
import { NAME, type TypeExample } from "../example.ts";

const topic = (name: string): string => `arn:aws:sns:us-east-1:123456789012:${name}`;
const stat = (MetricName: string, more: JsonObject = {}): JsonObject => ({
  Metric: { Namespace: "AWS/ApiGateway", MetricName, Dimensions: [{ Name: "ApiId", Value: "a1b2c3" }] },
  Period: 60,
  Stat: "Sum",
  ...more,
});
const errors = (Expression: string): JsonObject[] => [
  { Id: "rate", Expression, Label: "Errors", ReturnData: true },
  { Id: "failed", MetricStat: stat("5xx", { Unit: "Count" }), ReturnData: false },
  { Id: "all", MetricStat: stat("Count"), ReturnData: false },
];
const band = (width: number): JsonObject[] => [
  { Id: "usual", Expression: `ANOMALY_DETECTION_BAND(all, ${width})` },
  { Id: "all", MetricStat: stat("Count") },
];
const common = {
  AlarmName: "errors",
  EvaluationPeriods: 3,
  ComparisonOperator: "GreaterThanThreshold",
  Threshold: 0,
};
const metric = { MetricName: "5xx", Namespace: "AWS/ApiGateway", Statistic: "Sum", Period: 60 };
const NEEDED = ["AlarmName", "EvaluationPeriods", "ComparisonOperator"];

export const example: TypeExample = {
  type: "CloudWatch::MetricAlarm",
  cloudFormation: [{ type: "AWS::CloudWatch::Alarm" }],
  differences: {
    "AlarmName: required here only": NAME,
    "ActionConfiguration: only here": "newer than the schema",
    "EvaluationCriteria.PromQLCriteria: required here only": "the only kind of criteria there is",
    "EvaluationCriteria.PromQLCriteria.Query: required here only": "required in the SDK",
    "EvaluationWindow.WallClockWindow.Timezone: required here only":
      "an empty window would look like none; UTC is AWS's default",
    "WarmUpConfiguration.WarmUpPeriodDurationInMinutes: required here only": "required in the SDK",
  },
  onMoto: true,
  lives: [
    {
      as: "on a metric",
      beside: [],
      full: {
        ...common,
        AlarmDescription: "Too many errors",
        ActionsEnabled: false,
        AlarmActions: [topic("errors"), topic("all")],
        OKActions: [topic("all")],
        InsufficientDataActions: [topic("all")],
        MetricName: "5xx",
        Namespace: "AWS/ApiGateway",
        Statistic: "Sum",
        Dimensions: [
          { Name: "Stage", Value: "$default" },
          { Name: "ApiId", Value: "a1b2c3" },
        ],
        Period: 60,
        Unit: "Count",
        DatapointsToAlarm: 2,
        TreatMissingData: "notBreaching",
        Tags: { team: "a" },
      },
      minimal: { ...common, ...metric },
      needed: [...NEEDED, ...["Threshold", "MetricName", "Namespace", "Statistic", "Period"]],
      changed: {
        AlarmName: "failures",
        AlarmDescription: "Errors",
        ActionsEnabled: true,
        AlarmActions: [topic("errors")],
        OKActions: [topic("errors")],
        InsufficientDataActions: [topic("errors")],
        MetricName: "4xx",
        Namespace: "Shop",
        Statistic: "Maximum",
        Dimensions: [{ Name: "ApiId", Value: "d4e5f6" }],
        Period: 120,
        Unit: "None",
        EvaluationPeriods: 4,
        DatapointsToAlarm: 1,
        Threshold: 0.5,
        ComparisonOperator: "LessThanThreshold",
        TreatMissingData: "breaching",
        Tags: { team: "b" },
      },
    },
    {
      as: "with windows and tags in its notifications",
      beside: [],
      notOn: ["moto"],
      full: {
        ...common,
        AlarmName: "windows",
        ...metric,
        EvaluationWindow: { WallClockWindow: { Timezone: "Europe/Berlin" } },
        WarmUpConfiguration: {
          WarmUpPeriodDurationInMinutes: 5,
          OnlyStartEvaluatingAfterWarmUpPeriodEnds: true,
        },
        ActionConfiguration: {
          AlarmTagsPropagation: { Enabled: true, IncludedTagKeys: ["a"] },
        },
      },
      minimal: { ...common, AlarmName: "windows", ...metric },
      needed: [
        ...NEEDED,
        ...["Threshold", "MetricName", "Namespace", "Statistic", "Period"],
        "EvaluationWindow.WallClockWindow.Timezone",
        "WarmUpConfiguration.WarmUpPeriodDurationInMinutes",
        "ActionConfiguration.AlarmTagsPropagation.Enabled",
      ],
      changed: {
        "EvaluationWindow.WallClockWindow.Timezone": "UTC",
        "WarmUpConfiguration.WarmUpPeriodDurationInMinutes": 10,
        "WarmUpConfiguration.OnlyStartEvaluatingAfterWarmUpPeriodEnds": false,
        "ActionConfiguration.AlarmTagsPropagation.Enabled": false,
        "ActionConfiguration.AlarmTagsPropagation.IncludedTagKeys": ["c"],
      },
    },
    {
      as: "on a percentile",
      beside: [],
      full: {
        ...common,
        AlarmName: "latency",
        MetricName: "Latency",
        Namespace: "AWS/ApiGateway",
        ExtendedStatistic: "p99",
        Period: 60,
        EvaluateLowSampleCountPercentile: "ignore",
      },
      minimal: {
        ...common,
        AlarmName: "latency",
        MetricName: "Latency",
        Namespace: "AWS/ApiGateway",
        ExtendedStatistic: "p99",
        Period: 60,
      },
      needed: [...NEEDED, "Threshold", "MetricName", "Namespace", "ExtendedStatistic", "Period"],
      changed: { ExtendedStatistic: "p95", EvaluateLowSampleCountPercentile: "evaluate" },
    },
    {
      as: "on an expression",
      beside: [],
      full: { ...common, AlarmName: "rate", Metrics: errors("failed / all") },
      minimal: { ...common, AlarmName: "rate", Metrics: errors("failed") },
      needed: [...NEEDED, "Threshold", "Metrics"],
      changed: { Metrics: errors("100 * failed / all") },
    },
    {
      as: "on a band",
      beside: [],
      full: {
        AlarmName: "unusual",
        EvaluationPeriods: 3,
        ComparisonOperator: "GreaterThanUpperThreshold",
        ThresholdMetricId: "usual",
        Metrics: band(2),
      },
      minimal: {
        AlarmName: "unusual",
        EvaluationPeriods: 2,
        ComparisonOperator: "LessThanLowerThreshold",
        ThresholdMetricId: "usual",
        Metrics: band(2),
      },
      needed: [...NEEDED, "ThresholdMetricId", "Metrics"],
      changed: { ThresholdMetricId: "all", Metrics: band(3) },
    },
    {
      as: "on a query",
      beside: [],
      notOn: ["moto"],
      full: {
        AlarmName: "slow",
        EvaluationCriteria: { PromQLCriteria: { Query: "up > 0", PendingPeriod: 60, RecoveryPeriod: 120 } },
        EvaluationInterval: 60,
        ActionConfiguration: { AlarmTagsPropagation: { Enabled: true, ExcludedTagKeys: ["b"] } },
      },
      minimal: {
        AlarmName: "slow",
        EvaluationCriteria: { PromQLCriteria: { Query: "up > 1" } },
        EvaluationInterval: 30,
      },
      needed: [
        ...["AlarmName", "EvaluationInterval", "EvaluationCriteria", "EvaluationCriteria.PromQLCriteria"],
        "EvaluationCriteria.PromQLCriteria.Query",
        "ActionConfiguration.AlarmTagsPropagation.Enabled",
      ],
      changed: {
        "EvaluationCriteria.PromQLCriteria.Query": "up > 2",
        "EvaluationCriteria.PromQLCriteria.PendingPeriod": 30,
        "EvaluationCriteria.PromQLCriteria.RecoveryPeriod": 30,
        EvaluationInterval: 120,
        "ActionConfiguration.AlarmTagsPropagation.ExcludedTagKeys": ["c"],
      },
    },
  ],
  notLived: { "EvaluationWindow.SlidingWindow": "the same as no window" },
};
