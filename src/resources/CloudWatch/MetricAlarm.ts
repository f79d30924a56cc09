/** Alarms. Facts: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
import * as z from "zod";
import { ifFound } from "../../aws/errors.ts";
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import type { DependencyKey } from "../../spec/type-rules.ts";
import { defineType } from "../define.ts";
import { tagsByArn } from "../tags.ts";
import { type DefaultOf, optional, required } from "../facts.ts";
import { jsonOf, tagList, tagsOf, textOf } from "../live-values.ts";
import { arnText, enumText, flag, limitedText, patternText, properties, tags } from "../schema.ts";
import { textList, wholeNumber } from "../schema.ts";
import { checks } from "./metric-alarm-checks.ts";
import { inspect } from "./metric-alarm-inspect.ts";
import { dimensions, namespace, queries, seconds, sortedDimensions, sortedQueries, unit } from "./metrics.ts";
import { cloudWatch } from "./service.ts";

/** DescribeAlarms takes so many names. */
const AT_ONCE = 100;

const actions = (when: string) =>
  optional(
    textList(arnText(), 5),
    `What happens when it comes ${when}: ARNs of topics, functions and the like.`,
    {
      unordered: true,
    },
  );

const tagKeys = () => textList(limitedText(128, 1), 50);

const topics = (fills: string): DependencyKey => ({
  type: "SNS::Topic",
  list: true,
  acceptsArn: true,
  fills,
});

/** PromQL alarms know nothing of periods. */
const ofPeriods =
  (value: DefaultOf): DefaultOf =>
  (given, around) =>
    isEmpty(given.EvaluationCriteria) ? value(given, around) : undefined;

/** AWS takes EvaluateLowSampleCountPercentile for percentiles only, and without it does what `evaluate` says. */
const settings = ({ EvaluateLowSampleCountPercentile: few = "", ...rest }: JsonObject): JsonObject =>
  few === "ignore" ? { ...rest, EvaluateLowSampleCountPercentile: few } : rest;

export const metricAlarm = defineType({
  type: "CloudWatch::MetricAlarm",
  summary:
    "An alarm on a metric, on an expression over metrics, or on a PromQL query. Composite and log alarms are not supported.",
  service: cloudWatch,
  properties: properties({
    AlarmName: required(
      patternText(
        /^[^\x00-\x1f\x7f]{1,255}$/,
        "an alarm's name: at most 255 characters, no control characters",
      ),
      "Name of the alarm, also its name in the spec.",
      { createOnly: true },
    ),
    AlarmDescription: optional(limitedText(1024), "Free text; notifications have it."),
    ActionsEnabled: optional(flag(), "Whether its actions are carried out.", { default: true }),
    AlarmActions: actions("to ALARM"),
    OKActions: actions("to OK"),
    InsufficientDataActions: actions("to lack data"),
    MetricName: optional(limitedText(255, 1), "Name of the metric; or give Metrics or EvaluationCriteria.", {
      tells: "text",
    }),
    Namespace: optional(namespace(), "Namespace of the metric: `AWS/ApiGateway`, `AWS/Lambda`, `AWS/SQS`."),
    Statistic: optional(enumText("SampleCount", "Average", "Sum", "Minimum", "Maximum"), "Statistic."),
    ExtendedStatistic: optional(limitedText(255), "Percentile or trimmed statistic: `p99`, `tm95`."),
    Dimensions: optional(dimensions(), "Whose metric: `ApiId`, `FunctionName`, `QueueName`.", {
      spelling: sortedDimensions,
    }),
    Period: optional(seconds(wholeNumber(1), 10, 20, 30), "Length of a period in seconds."),
    Unit: optional(unit(), "Only what was measured in this unit. AWS advises to leave it out."),
    EvaluationPeriods: optional(wholeNumber(1), "How many periods are looked at."),
    DatapointsToAlarm: optional(wholeNumber(1), "How many of them must breach the threshold.", {
      default: ofPeriods(({ EvaluationPeriods }) => EvaluationPeriods),
      defaultWords: "all",
    }),
    Threshold: optional(z.number(), "What the statistic is compared with."),
    ThresholdMetricId: optional(limitedText(255, 1), "Id of the ANOMALY_DETECTION_BAND among Metrics."),
    ComparisonOperator: optional(
      enumText(
        ...(["GreaterThanOrEqualToThreshold", "GreaterThanThreshold"] as const),
        ...["LessThanThreshold", "LessThanOrEqualToThreshold", "LessThanLowerOrGreaterThanUpperThreshold"],
        ...["LessThanLowerThreshold", "GreaterThanUpperThreshold"],
      ),
      "How they are compared.",
    ),
    TreatMissingData: optional(
      enumText("breaching", "notBreaching", "ignore", "missing"),
      "What a period without data counts as.",
      { default: ofPeriods(() => "missing"), defaultWords: "`missing`" },
    ),
    EvaluateLowSampleCountPercentile: optional(
      enumText("evaluate", "ignore"),
      "Percentiles: whether periods with few values count.",
      {
        default: ({ ExtendedStatistic }) => (isEmpty(ExtendedStatistic) ? undefined : "evaluate"),
        defaultWords: "`evaluate` with ExtendedStatistic",
      },
    ),
    Metrics: optional(queries(), "Metrics and expressions over them, one of which is watched.", {
      spelling: sortedQueries,
    }),
    EvaluationCriteria: optional(
      properties({
        PromQLCriteria: required(
          properties({
            Query: required(limitedText(10_000, 1), "The query; what it returns are what breaches."),
            PendingPeriod: optional(wholeNumber(0, 86_400), "Seconds until what breaches is in ALARM."),
            RecoveryPeriod: optional(wholeNumber(0, 86_400), "Seconds until it is OK again."),
          }),
          "A PromQL query.",
        ),
      }),
      "A query instead of a metric.",
    ),
    EvaluationInterval: optional(
      seconds(wholeNumber(10, 3600), 10, 20, 30),
      "With EvaluationCriteria: seconds between two queries.",
    ),
    EvaluationWindow: optional(
      properties({
        SlidingWindow: optional(properties({}), "Moves on with each evaluation; the same as no window.", {
          ignored: true,
        }),
        WallClockWindow: optional(
          properties({
            Timezone: required(limitedText(50, 1), "Time zone: `UTC`, `Europe/Berlin`, `+05:30`."),
          }),
          "Periods begin with the hour, the day or the week.",
        ),
      }),
      "Which data are looked at.",
      { defaultWords: "a sliding window" },
    ),
    WarmUpConfiguration: optional(
      properties({
        WarmUpPeriodDurationInMinutes: required(wholeNumber(1, 2880), "Minutes without evaluation."),
        OnlyStartEvaluatingAfterWarmUpPeriodEnds: optional(
          flag(),
          "Whether it waits that long although data are there.",
          { default: false },
        ),
      }),
      "How long a new alarm waits for data.",
    ),
    ActionConfiguration: optional(
      properties({
        AlarmTagsPropagation: optional(
          properties({
            Enabled: required(flag(), "Whether notifications have the alarm's tags."),
            IncludedTagKeys: optional(tagKeys(), "Only tags of these keys.", { unordered: true }),
            ExcludedTagKeys: optional(tagKeys(), "No tags of these keys.", { unordered: true }),
          }),
          "The alarm's tags in its notifications.",
        ),
      }),
      "What notifications contain.",
    ),
    Tags: tags(),
  }),
  dependencies: {
    snsTopicAlarmActions: topics("AlarmActions"),
    snsTopicOKActions: topics("OKActions"),
    snsTopicInsufficientDataActions: topics("InsufficientDataActions"),
  },
  identity: { by: "name", property: "AlarmName" },
  physicalName: (name, shortened) => shortened(name, 255),
  id: "AlarmName",
  arn: ({ partition, region, account }, { name }) =>
    `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`,
  predicted: (Arn) => ({ AlarmArn: Arn }),
  nameOfArn: (arn) => /^arn:[^:]+:cloudwatch:[^:]*:\d*:alarm:(.+)$/.exec(arn)?.[1],
  foundByTagsAs: "cloudwatch:alarm",
  updates: "replace",
  tags: tagsByArn("ResourceARN"),
  checks,
  inspect,
  attributes: {
    id: "The alarm's name.",
    "live.Arn": "The alarm's ARN.",
    "live.AlarmArn": "The alarm's ARN.",
    "live.AlarmName": "The alarm's name.",
  },
  permissions: {
    read: ["DescribeAlarms", "ListTagsForResource"],
    write: ["PutMetricAlarm", "DeleteAlarms", "TagResource", "UntagResource"],
  },
  consequence: (live) => `Nobody is told any more of what alarm ${live.name} watches.`,
  calls: {
    async wholeList({ aws, lookups }) {
      const client = await aws.client(cloudWatch);
      const names = [...new Set(lookups.map(({ name }) => name))];
      const parts = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, at) =>
        names.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
      );
      const answers = parts.map((AlarmNames) => client.describeAlarms({ AlarmNames, MaxRecords: AT_ONCE }));
      return (await Promise.all(answers)).flatMap(({ MetricAlarms = [] }) => MetricAlarms);
    },
    async complete({ aws }, answer): Promise<JsonObject> {
      const client = await aws.client(cloudWatch);
      const ResourceARN = textOf(answer.AlarmArn);
      const found = await ifFound(() => client.listTagsForResource({ ResourceARN }));
      return { ...answer, Tags: jsonOf({ Tags: found?.Tags ?? [] }).Tags ?? [] };
    },
    async create(client, { Tags = {}, ...input }) {
      await client.putMetricAlarm(sdkInput({ ...settings(input), Tags: tagList(tagsOf({ Tags })) }));
      return {};
    },
    // An update replaces everything but the tags and the alarm's state.
    async update(client, input, { live }) {
      await client.putMetricAlarm(sdkInput({ ...settings(input), AlarmName: live.id }));
      return {};
    },
    delete: (client, { id }) => client.deleteAlarms({ AlarmNames: [id] }),
  },
});
