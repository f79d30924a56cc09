/** What PutMetricAlarm refuses: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { own } from "../../model/own.ts";
import type { Entry, EntryIssue } from "../../spec/type-rules.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";

const DAY = 86_400;
/** Members that say what a single metric is. */
const OF_METRIC = [
  ...["Namespace", "MetricName", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic"],
  "EvaluateLowSampleCountPercentile",
];
const OF_THRESHOLD = [
  ...["Threshold", "ThresholdMetricId", "ComparisonOperator", "EvaluationPeriods", "DatapointsToAlarm"],
  ...["TreatMissingData", "EvaluationWindow"],
];
/** Operators that compare with an anomaly detection band. */
const BAND = [
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
];

const given = (properties: JsonObject, keys: readonly string[]): readonly string[] =>
  keys.filter((key) => !isEmpty(own(properties, key)));

const lacks = (properties: JsonObject, ...keys: string[]): readonly EntryIssue[] =>
  keys.filter((key) => isEmpty(own(properties, key))).map((path) => ({ path, message: "is required" }));

export function checks({ properties }: Entry): readonly EntryIssue[] {
  const [way, second] = given(properties, ["MetricName", "Metrics", "EvaluationCriteria"]);
  if (way === undefined)
    return [{ path: "MetricName", message: "is required", hint: "Or give Metrics or EvaluationCriteria." }];
  if (second !== undefined) return [{ path: second, message: `cannot go with ${way}` }];
  return [...wayIssues(properties, way), ...notificationIssues(properties)];
}

function wayIssues(properties: JsonObject, way: string): readonly EntryIssue[] {
  const without = (keys: readonly string[]): readonly EntryIssue[] =>
    given(properties, keys).map((path) => ({ path, message: `cannot go with ${way}` }));
  if (way === "EvaluationCriteria")
    return [...lacks(properties, "EvaluationInterval"), ...without([...OF_METRIC, ...OF_THRESHOLD])];
  return [
    ...without(["EvaluationInterval"]),
    ...lacks(properties, "EvaluationPeriods", "ComparisonOperator"),
    ...(way === "Metrics" ? [...without(OF_METRIC), ...queryIssues(properties)] : metricIssues(properties)),
    ...thresholdIssues(properties),
  ];
}

function metricIssues(properties: JsonObject): readonly EntryIssue[] {
  const { EvaluateLowSampleCountPercentile, ExtendedStatistic, Period, EvaluationPeriods } = properties;
  const [statistic, second] = given(properties, ["Statistic", "ExtendedStatistic"]);
  const long = typeof Period === "number" && typeof EvaluationPeriods === "number";
  const most = typeof Period === "number" && Period < 3600 ? DAY : 7 * DAY;
  return [
    ...lacks(properties, "Namespace", "Period"),
    ...(statistic === undefined
      ? [{ path: "Statistic", message: "is required", hint: "Or give ExtendedStatistic." }]
      : []),
    ...(second === undefined ? [] : [{ path: second, message: `cannot go with ${statistic}` }]),
    // https://github.com/cdklabs/cdk-monitoring-constructs/issues/229
    ...(isEmpty(EvaluateLowSampleCountPercentile) || /^p\d/.test(textOf(ExtendedStatistic))
      ? []
      : [
          {
            path: "EvaluateLowSampleCountPercentile",
            message: "is only for percentiles, as in ExtendedStatistic: p99",
          },
        ]),
    ...(long && Period * EvaluationPeriods > most
      ? [
          {
            path: "EvaluationPeriods",
            message: `of ${Period} s each make ${Period * EvaluationPeriods} s; AWS takes at most ${most}`,
          },
        ]
      : []),
  ];
}

/** Tags are either listed or left out: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_AlarmTagsPropagation.html */
function notificationIssues({ ActionConfiguration }: JsonObject): readonly EntryIssue[] {
  const keys = given(objectOf(objectOf(ActionConfiguration).AlarmTagsPropagation), [
    "IncludedTagKeys",
    "ExcludedTagKeys",
  ]);
  if (keys.length < 2) return [];
  const path = "ActionConfiguration.AlarmTagsPropagation.ExcludedTagKeys";
  return [{ path, message: "cannot go with IncludedTagKeys" }];
}

/**
 * What returns data. Of an anomaly detection alarm AWS wants two: the band, and what is compared with it, although it documents one
 * for all alarms: https://github.com/hashicorp/terraform-provider-aws/pull/42504
 */
const returning = ({ Metrics }: JsonObject): readonly JsonObject[] =>
  listOf(Metrics)
    .map(objectOf)
    .filter(({ ReturnData = true }) => ReturnData === true);

function queryIssues(properties: JsonObject): readonly EntryIssue[] {
  const [wanted, words] = isEmpty(properties.ThresholdMetricId)
    ? [1, "one"]
    : [2, "two: the band, and what is compared with it"];
  const watched = returning(properties).length;
  return [
    ...listOf(properties.Metrics)
      .map(objectOf)
      .flatMap(({ Id, MetricStat, Expression }) =>
        isEmpty(MetricStat) === isEmpty(Expression)
          ? [{ path: "Metrics", message: `${textOf(Id)} needs either MetricStat or Expression` }]
          : [],
      ),
    ...(watched === wanted
      ? []
      : [
          {
            path: "Metrics",
            message: `has ${watched} with ReturnData; the alarm watches exactly ${words}`,
            hint: "Set ReturnData: false for the others; left out, it is true.",
          },
        ]),
  ];
}

function thresholdIssues(properties: JsonObject): readonly EntryIssue[] {
  const { ComparisonOperator, DatapointsToAlarm, EvaluationPeriods, ThresholdMetricId } = properties;
  const band = BAND.includes(textOf(ComparisonOperator));
  const [wanted, other] = band ? ["ThresholdMetricId", "Threshold"] : ["Threshold", "ThresholdMetricId"];
  const isTooMany =
    typeof DatapointsToAlarm === "number" &&
    typeof EvaluationPeriods === "number" &&
    DatapointsToAlarm > EvaluationPeriods;
  return [
    ...lacks(properties, wanted),
    ...given(properties, [other]).map((path) => ({
      path,
      message: `cannot go with ${textOf(ComparisonOperator)}`,
    })),
    ...(isEmpty(ThresholdMetricId) || returning(properties).some(({ Id }) => Id === ThresholdMetricId)
      ? []
      : [
          {
            path: "ThresholdMetricId",
            message: `is ${textOf(ThresholdMetricId)}, but no query with ReturnData among Metrics has that Id`,
          },
        ]),
    ...(isTooMany
      ? [
          {
            path: "DatapointsToAlarm",
            message: `is ${DatapointsToAlarm}, more than EvaluationPeriods, ${EvaluationPeriods}`,
          },
        ]
      : []),
  ];
}
