/** What an alarm watches: metrics, and expressions over them. */
import * as z from "zod";
import { isEmpty, type JsonValue } from "../../model/values.ts";
import { optional, required } from "../facts.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import { enumText, flag, limitedText, patternText, properties, text, wholeNumber } from "../schema.ts";

const BYTES = ["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"] as const;
const BITS = ["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"] as const;
const COUNTED = [...BYTES, ...BITS, "Count"].map((unit) => `${unit}/Second`);

export const unit = () =>
  enumText(
    "Seconds",
    "Microseconds",
    "Milliseconds",
    ...BYTES,
    ...BITS,
    "Percent",
    "Count",
    ...COUNTED,
    "None",
  );

/** Seconds: multiples of a minute, and `shorter` ones. */
export const seconds = (limits: z.ZodNumber, ...shorter: readonly number[]) =>
  limits.refine((value) => shorter.includes(value) || value % 60 === 0, {
    error: ({ input }) => `${String(input)} is neither ${shorter.join(", ")} nor a multiple of 60`,
  });

/** The shorter ones are for metrics that are stored at high resolution. */
const period = () => seconds(wholeNumber(1), 1, 5, 10, 20, 30);

export const namespace = () =>
  patternText(/^[^:][^\n\r\u2028\u2029]{0,254}$/, "a namespace such as AWS/ApiGateway");

export const dimensions = () =>
  z
    .array(
      properties({
        Name: required(
          patternText(/^(?!:)(?=.*[!-~])[ -~]{1,255}$/, "a dimension's name: ASCII, not with : in front"),
          "Name of the dimension: `ApiId`.",
        ),
        Value: required(
          patternText(/^(?=.*[!-~])[ -~]{1,1024}$/, "a dimension's value: ASCII, at most 1024 characters"),
          "Its value.",
        ),
      }),
    )
    .max(30);

export const queries = () =>
  z.array(
    properties({
      Id: required(
        patternText(/^[a-z]\w{0,254}$/, "an id such as m1: a small letter, then letters, digits and _"),
        "What expressions call it.",
      ),
      MetricStat: optional(
        properties({
          Metric: required(
            properties({
              Namespace: optional(namespace(), "Namespace of the metric."),
              MetricName: optional(limitedText(255, 1), "Name of the metric."),
              Dimensions: optional(dimensions(), "Its dimensions."),
            }),
            "The metric.",
          ),
          Period: required(period(), "Length of a period in seconds."),
          Stat: required(text(), "Statistic: `Sum`, `p99`."),
          Unit: optional(unit(), "Only what was measured in this unit."),
        }),
        "A metric; or give Expression.",
      ),
      Expression: optional(
        limitedText(2048, 1),
        "Metric math over the other ids, or a Metrics Insights query; or give MetricStat.",
      ),
      Label: optional(text(), "What graphs call it."),
      ReturnData: optional(
        flag(),
        "Whether the alarm watches it: true for exactly one, or for an anomaly detection band and its metric. Default: true.",
      ),
      Period: optional(period(), "Length of a period of an expression in seconds."),
      AccountId: optional(limitedText(255, 1), "Account that has the metric."),
    }),
  );

const byText = (key: string) => (one: JsonValue, other: JsonValue) =>
  textOf(objectOf(one)[key]) < textOf(objectOf(other)[key]) ? -1 : 1;

/** Dimensions have no order. */
export const sortedDimensions = (value: JsonValue): JsonValue => listOf(value).toSorted(byText("Name"));

/** Nor have queries, which refer to each other by id; what is left out is true. */
export const sortedQueries = (value: JsonValue): JsonValue =>
  listOf(value)
    .map(objectOf)
    .map(({ MetricStat, ReturnData = true, ...query }) => {
      const { Metric, Unit, ...stat } = objectOf(MetricStat);
      const { Dimensions, ...metric } = objectOf(Metric);
      const named = isEmpty(Dimensions)
        ? metric
        : { ...metric, Dimensions: sortedDimensions(Dimensions ?? []) };
      const measured = { ...stat, Metric: named, ...(isEmpty(Unit) ? {} : { Unit: Unit ?? "" }) };
      return { ...query, ReturnData, ...(isEmpty(MetricStat) ? {} : { MetricStat: measured }) };
    })
    .toSorted(byText("Id"));
