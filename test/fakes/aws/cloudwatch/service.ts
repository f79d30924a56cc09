import * as client from "@aws-sdk/client-cloudwatch";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { createRules, type Rule } from "../core/rules.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { table } from "../core/table.ts";
import { tagAdder } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { type AccountState, type RegionState, need } from "../state.ts";

interface Alarm {
  readonly arn: string;
  readonly tags: Map<string, string>;
  settings: client.MetricAlarm;
}

interface Dashboard {
  readonly arn: string;
  readonly tags: Map<string, string>;
  body: string;
}

const alarms = table<RegionState, Alarm>();
/** Dashboards have no region. */
const dashboards = table<AccountState, Dashboard>();

const validation = (message: string): AwsError => new AwsError("ValidationError", message);
const { refuse } = createRules(validation);
const has = (value: unknown): boolean => value !== undefined && (!Array.isArray(value) || value.length > 0);
const OF_METRIC = ["Namespace", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic"] as const;
const returning = ({ Metrics = [] }: client.PutMetricAlarmInput): client.MetricDataQuery[] =>
  Metrics.filter(({ ReturnData = true }) => ReturnData);

const RULES: readonly Rule<client.PutMetricAlarmInput>[] = [
  refuse(
    (it) => [it.MetricName, it.Metrics, it.EvaluationCriteria].filter(has).length !== 1,
    "Exactly one of MetricName, Metrics and EvaluationCriteria must be specified",
  ),
  refuse(
    (it) => it.MetricName === undefined && OF_METRIC.some((member) => has(it[member])),
    "Metrics list cannot be specified with Namespace, Dimensions, Period, Unit, Statistic or ExtendedStatistic",
  ),
  refuse(
    (it) =>
      it.MetricName !== undefined && (it.Statistic === undefined) === (it.ExtendedStatistic === undefined),
    "Exactly one of Statistic and ExtendedStatistic must be specified",
  ),
  refuse(
    (it) => it.MetricName !== undefined && (it.Namespace === undefined || it.Period === undefined),
    "Namespace and Period are required",
  ),
  refuse(
    (it) => has(it.Metrics) && it.ThresholdMetricId === undefined && returning(it).length !== 1,
    "Exactly one element of the metrics list should return data.",
  ),
  refuse(
    (it) =>
      it.ThresholdMetricId !== undefined && !returning(it).some(({ Id }) => Id === it.ThresholdMetricId),
    "Metrics list must contain exactly one metric matching the ThresholdMetricId parameter",
  ),
  refuse(
    (it) => it.ThresholdMetricId !== undefined && returning(it).length !== 2,
    "Exactly two elements of the metrics list should return data.",
  ),
  refuse(
    (it) => (it.DatapointsToAlarm ?? 0) > (it.EvaluationPeriods ?? Number.POSITIVE_INFINITY),
    "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
  ),
  refuse(
    (it) =>
      it.EvaluationCriteria === undefined &&
      (it.EvaluationPeriods === undefined ||
        it.ComparisonOperator === undefined ||
        (it.Threshold === undefined) === (it.ThresholdMetricId === undefined)),
    "EvaluationPeriods, ComparisonOperator and one of Threshold and ThresholdMetricId are required",
  ),
  refuse(
    (it) =>
      it.EvaluationCriteria !== undefined &&
      [it.EvaluationPeriods, it.ComparisonOperator, it.Threshold, it.TreatMissingData].some(has),
    "EvaluationCriteria cannot be specified with EvaluationPeriods, ComparisonOperator, Threshold or TreatMissingData",
  ),
  refuse(
    (it) => it.EvaluateLowSampleCountPercentile !== undefined && !/^p\d/.test(it.ExtendedStatistic ?? ""),
    "EvaluateLowSampleCountPercentile is only for percentiles",
  ),
  refuse(
    (it) => [it.AlarmActions, it.OKActions, it.InsufficientDataActions].some((list = []) => list.length > 5),
    "Member must have length less than or equal to 5",
  ),
];

const addTags = tagAdder(({ kind, message }) =>
  kind === "too-many"
    ? new AwsError("LimitExceededFault", message)
    : new AwsError("InvalidParameterValueException", message),
);

function tagged(ctx: Ctx, arn = ""): Map<string, string> {
  const all = [...alarms(ctx.region).values(), ...dashboards(ctx.account).values()];
  return need(
    all.find((one) => one.arn === arn),
    () => new AwsError("ResourceNotFoundException", `${arn} does not exist`, 404),
  ).tags;
}

const dashboard = (ctx: Ctx, name: string): Dashboard =>
  need(
    dashboards(ctx.account).get(name),
    () => new AwsError("DashboardNotFoundError", `Dashboard ${name} does not exist`, 404),
  );

const KINDS = ["text", "metric", "log", "alarm", "explorer", "custom"];

/** What AWS has to say of a body; one that is not JSON is refused. */
function messagesOf(text: string): client.DashboardValidationMessage[] {
  let body: { widgets?: { type?: string }[] };
  try {
    body = JSON.parse(text);
  } catch {
    throw new AwsError(
      "DashboardInvalidInputError",
      "The dashboard body is invalid, there are 1 validation errors",
    );
  }
  return (body.widgets ?? []).flatMap(({ type = "" }, at) =>
    KINDS.includes(type)
      ? []
      : [
          {
            DataPath: `/widgets/${at}/type`,
            Message:
              type === "" ? "Should have required property" : "Should be equal to one of the allowed values",
          },
        ],
  );
}

const on = sdk<client.CloudWatch>(client);

/** CloudWatch: metric alarms, dashboards and their tags. */
export const cloudwatch = service(
  {
    id: "cloudwatch",
    protocol: "aws-json",
    key: "GraniteServiceVersion20100801",
    missing: (member) =>
      validation(`Value null at '${member}' failed to satisfy constraint: Member must not be null`),
    ...COMMON,
    busy: () =>
      new AwsError("ConcurrentModificationException", "More than one process tried to modify it", 429),
    rates: {
      DescribeAlarms: { rate: 9, burst: 9 },
      PutMetricAlarm: { rate: 3, burst: 3 },
      DeleteAlarms: { rate: 3, burst: 3 },
    },
    tagged: (ctx) => [...alarms(ctx.region).values()].map(({ arn, tags }) => ({ arn, tags })),
  },
  client,
  [
    on("putMetricAlarm", (ctx, input) => {
      for (const rule of RULES) rule(input, undefined, undefined);
      const { AlarmName = "", Tags, ...settings } = input;
      const present = alarms(ctx.region).get(AlarmName);
      const arn = `arn:${ctx.partition}:cloudwatch:${ctx.regionName}:${ctx.accountId}:alarm:${AlarmName}`;
      const alarm: Alarm = { arn, tags: new Map(), ...present, settings: {} };
      // Tags of an alarm that is there are ignored; all its settings are replaced, its state stays.
      if (present === undefined) addTags(ctx, alarm.tags, Tags);
      alarm.settings = {
        StateValue: client.StateValue.INSUFFICIENT_DATA,
        ...(present && { StateValue: present.settings.StateValue }),
        ActionsEnabled: true,
        ...settings,
        AlarmName,
        AlarmArn: arn,
        AlarmConfigurationUpdatedTimestamp: ctx.now(),
      };
      alarms(ctx.region).set(AlarmName, alarm);
    }),
    on("describeAlarms", (ctx, { AlarmNames = [], MaxRecords = 50 }) => {
      if (AlarmNames.length > 100 || MaxRecords > 100)
        throw validation("Member must have length less than or equal to 100");
      const asked = [...alarms(ctx.region).values()].filter(
        ({ settings: { AlarmName = "" } }) => AlarmNames.length === 0 || AlarmNames.includes(AlarmName),
      );
      return {
        MetricAlarms: asked.slice(0, MaxRecords).map(({ settings }) => settings),
        CompositeAlarms: [],
      };
    }),
    on("deleteAlarms", (ctx, { AlarmNames = [] }) => {
      const missing = AlarmNames.find((name) => !alarms(ctx.region).has(name));
      if (missing !== undefined) throw new AwsError("ResourceNotFound", `${missing} does not exist`, 404);
      for (const name of AlarmNames) alarms(ctx.region).delete(name);
    }),
    on("putDashboard", (ctx, { DashboardName = "", DashboardBody = "", Tags }) => {
      const DashboardValidationMessages = messagesOf(DashboardBody);
      // With a widget of no kind at all, nothing is kept; one of an unknown kind is only told.
      if (DashboardValidationMessages.some(({ Message = "" }) => /required/.test(Message)))
        return { DashboardValidationMessages };
      const arn = `arn:${ctx.partition}:cloudwatch::${ctx.accountId}:dashboard/${DashboardName}`;
      const present = dashboards(ctx.account).get(DashboardName);
      const made: Dashboard = { arn, tags: new Map(), ...present, body: DashboardBody };
      if (present === undefined) addTags(ctx, made.tags, Tags);
      dashboards(ctx.account).set(DashboardName, made);
      return { DashboardValidationMessages };
    }),
    on("getDashboard", (ctx, { DashboardName = "" }) => {
      const { arn, body } = dashboard(ctx, DashboardName);
      return { DashboardArn: arn, DashboardBody: body, DashboardName };
    }),
    on("deleteDashboards", (ctx, { DashboardNames = [] }) => {
      for (const name of DashboardNames) dashboard(ctx, name);
      for (const name of DashboardNames) dashboards(ctx.account).delete(name);
      return {};
    }),
    on("tagResource", (ctx, { ResourceARN, Tags }) => {
      addTags(ctx, tagged(ctx, ResourceARN), Tags);
      return {};
    }),
    on("untagResource", (ctx, { ResourceARN, TagKeys = [] }) => {
      for (const key of TagKeys) tagged(ctx, ResourceARN).delete(key);
      return {};
    }),
    on("listTagsForResource", (ctx, { ResourceARN }) => ({
      Tags: [...tagged(ctx, ResourceARN)].map(([Key, Value]) => ({ Key, Value })),
    })),
  ],
);
