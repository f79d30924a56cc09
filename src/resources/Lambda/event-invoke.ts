/**
 * What happens to events that a function gets asynchronously, from EventBridge or SNS: of the function itself, or of an alias.
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
 */
import type { Lambda } from "@aws-sdk/client-lambda";
import { ifFound } from "../../aws/errors.ts";
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty, type JsonObject, type JsonValue, withoutEmpty } from "../../model/values.ts";
import { optional } from "../facts.ts";
import { objectOf } from "../live-values.ts";
import { patternText, properties, wholeNumber } from "../schema.ts";

const destination = (says: string) =>
  optional(
    properties({
      Destination: optional(
        patternText(
          /^(?=.{0,350}$)(kafka:\/\/[^.][\w.-]{0,248}|arn:aws[a-zA-Z0-9-]*:[a-zA-Z0-9-]+:.*)?$/,
          "an ARN, or kafka:// and a topic",
        ),
        "ARN of a queue, topic, function, bucket or event bus.",
      ),
    }),
    says,
  );

export const eventInvoke = properties({
  MaximumRetryAttempts: optional(wholeNumber(0, 2), "How often a failed event is tried again.", {
    defaultWords: "2",
  }),
  MaximumEventAgeInSeconds: optional(wholeNumber(60, 21_600), "Seconds after which an event is dropped.", {
    defaultWords: "21600",
  }),
  DestinationConfig: optional(
    properties({
      OnSuccess: destination("Where the results of successful events go."),
      OnFailure: destination("Where events go that failed for the last time."),
    }),
    "Where events go afterwards.",
    { defaultWords: "nowhere" },
  ),
});

/** The settings of a state, from a spec or AWS's answer; AWS answers empty destinations where there are none. */
export function eventInvokeState(given: JsonValue | undefined): JsonObject {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = objectOf(given);
  return withoutEmpty({
    MaximumRetryAttempts: MaximumRetryAttempts ?? null,
    MaximumEventAgeInSeconds: MaximumEventAgeInSeconds ?? null,
    DestinationConfig: withoutEmpty(objectOf(DestinationConfig)),
  });
}

export interface InvokeTarget {
  readonly FunctionName: string;
  /** An alias; the function itself without. */
  readonly Qualifier?: string;
}

/** Sets all of them, or takes them away. */
export async function putEventInvoke(
  client: Lambda,
  target: InvokeTarget,
  wanted: JsonValue | undefined,
): Promise<void> {
  if (isEmpty(wanted)) await ifFound(() => client.deleteFunctionEventInvokeConfig({ ...target }));
  else await client.putFunctionEventInvokeConfig(sdkInput({ ...objectOf(wanted), ...target }));
}
