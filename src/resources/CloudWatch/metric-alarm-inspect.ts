/** Finds alarms that AWS accepts and that nobody would ever hear of. */
import type { Finding, Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { doubtful } from "../findings.ts";
import { isAllowed } from "../Lambda/permission/allows.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import { mayAllow } from "../policy/allows.ts";

const ACTIONS = ["AlarmActions", "OKActions", "InsufficientDataActions"];
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions.html */
const LAMBDA_ALARMS = "lambda.alarms.cloudwatch.amazonaws.com";
const ALARMS = "cloudwatch.amazonaws.com";

export const inspect = (one: Linked, spec: LinkedSpec): readonly Finding[] => [
  ...calledBy(one, spec).flatMap((called) => [
    ...closedFunction(one, called, spec),
    ...closedTopic(one, called, spec),
  ]),
  ...withoutData(one, spec),
];

/** What its actions name, by a reference or a dependency. */
function calledBy(one: Linked, spec: LinkedSpec): readonly Linked[] {
  const names = (what: string): boolean =>
    ACTIONS.some((action) => what.startsWith(action) || what === `dependencies.snsTopic${action}`);
  return [...one.edges].flatMap(([key, what]) => (names(what) ? (spec.byKey(key) ?? []) : []));
}

const isOf = ({ draft }: Linked, type: string): boolean =>
  draft.type.type === type && !draft.readOnly && draft.broken !== true;

function closedFunction(one: Linked, fn: Linked, spec: LinkedSpec): readonly Finding[] {
  if (!isOf(fn, "Lambda::Function") || isAllowed({ fn, qualifier: "" }, spec, LAMBDA_ALARMS)) return [];
  return [
    closed(
      `${one.draft.key} calls ${fn.draft.name}, but ${LAMBDA_ALARMS} has no permission to invoke it: nothing happens when it goes off`,
      `Add to the Lambda::Permission of ${fn.draft.name} a statement {Action: "lambda:InvokeFunction", Principal: "${LAMBDA_ALARMS}", SourceArn: the alarm's ARN}.`,
    ),
  ];
}

function closedTopic(one: Linked, topic: Linked, spec: LinkedSpec): readonly Finding[] {
  if (!isOf(topic, "SNS::Topic")) return [];
  const { Policy, KmsMasterKeyId } = objectOf(topic.properties.Attributes);
  const { name } = topic.draft;
  const whom = `${one.draft.key} publishes to ${name}`;
  const [key] = (topic.dependencies.kmsKey ?? []).flatMap((target) =>
    "key" in target ? (spec.byKey(target.key) ?? []) : [],
  );
  // Without a policy of its own, a topic takes what its account's alarms publish.
  if (Policy !== undefined && !mayAllow(Policy, "sns:Publish", ALARMS))
    return [
      closed(
        `${whom}, whose policy does not let ${ALARMS} in: nobody is notified`,
        `Set Attributes.Policy of the topic: allow sns:Publish to the service ${ALARMS}, with the condition ArnLike aws:SourceArn, the alarm's ARN.`,
      ),
    ];
  // https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
  const awsOwn = key === undefined && textOf(KmsMasterKeyId).endsWith("alias/aws/sns");
  const ownKey = key !== undefined && isOf(key, "KMS::Key");
  if (!awsOwn && !(ownKey && !mayAllow(key.properties.Policy, "kms:GenerateDataKey", ALARMS))) return [];
  return [
    closed(
      `${whom}, whose key ${awsOwn ? "alias/aws/sns" : key?.draft.name} does not let ${ALARMS} encrypt: nobody is notified`,
      `Give the topic a KMS::Key of the spec whose Policy allows kms:Decrypt and kms:GenerateDataKey* to the service ${ALARMS}.`,
    ),
  ];
}

function closed(message: string, hint: string): Finding {
  return { severity: "warning", code: "TARGET_CLOSED", message, hint };
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html and
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
const METRICS: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["4xx", "5xx", "Count", "IntegrationLatency", "Latency", "DataProcessed"],
  WEBSOCKET: [
    ...["ConnectCount", "MessageCount", "IntegrationError", "ClientError", "ExecutionError"],
    "IntegrationLatency",
  ],
};

/** A metric of REST APIs, or their dimension, at one of our APIs: it never has a value. */
function withoutData(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const { Namespace, MetricName, Dimensions } = one.properties;
  if (Namespace !== "AWS/ApiGateway" || typeof MetricName !== "string") return [];
  const apis = [...one.edges].flatMap(([key, what]) =>
    what.startsWith("Dimensions") ? (spec.byKey(key) ?? []) : [],
  );
  const api = apis.find(({ draft }) => draft.type.type === "ApiGatewayV2::Api");
  if (api === undefined || api.draft.readOnly) return [];
  const protocol = textOf(api.properties.ProtocolType) || "HTTP";
  const known = METRICS[protocol] ?? [];
  const at = `never has a value for ${api.draft.name}, ${protocol === "HTTP" ? "an" : "a"} ${protocol} API`;
  if (!known.includes(MetricName))
    return [
      doubtful(
        "ALARM_WITHOUT_DATA",
        "MetricName",
        `"${MetricName}" ${at}`,
        `Use one of ${known.join(", ")}.`,
      ),
    ];
  const names = listOf(Dimensions).map((dimension) => textOf(objectOf(dimension).Name));
  if (names.includes("ApiId")) return [];
  return [
    doubtful(
      "ALARM_WITHOUT_DATA",
      "Dimensions",
      `without ApiId ${at}`,
      'Write {Name: "ApiId", Value: the API\'s id}; ApiName is for REST APIs.',
    ),
  ];
}
