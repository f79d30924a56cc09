/**
 * An HTTP API that is watched: logs that are kept for two weeks, alarms that notify a topic, and a dashboard. Whoever is to be
 * notified subscribes to the topic.
 *
 * @type {import("gatewright").CreateResources}
 */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "shop-api", ProtocolType: "HTTP" }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" }),
    dependencies: () => ({ api: "shop-api", lambdaFunction: "shop" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /" }),
    dependencies: () => ({ api: "shop-api", integration: "integration::shop-api::shop" }),
  },
  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({ StageName: "$default", AutoDeploy: true }),
    dependencies: () => ({ api: "shop-api" }),
  },
  {
    type: "Function",
    group: "Lambda",
    properties: () => ({
      Configuration: { FunctionName: "shop", Runtime: "nodejs22.x", Handler: "shop.handler" },
    }),
    dependencies: () => ({ role: "shop-role" }),
  },
  {
    type: "Permission",
    group: "Lambda",
    dependencies: () => ({ lambdaFunction: "shop", apiGatewayV2Apis: ["shop-api"] }),
  },
  {
    type: "Role",
    group: "IAM",
    properties: ({ config }) => ({
      RoleName: "shop-role",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      AttachedPolicies: [`arn:${config.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole`],
    }),
  },
  {
    type: "LogGroup",
    group: "CloudWatchLogs",
    properties: () => ({ logGroupName: "/aws/lambda/shop", retentionInDays: 14 }),
  },

  {
    type: "Topic",
    group: "SNS",
    properties: () => ({ Name: "shop-alarms" }),
  },
  // Metrics of HTTP APIs are called 4xx and 5xx, and are told by ApiId.
  {
    type: "MetricAlarm",
    group: "CloudWatch",
    properties: ({ getId }) => ({
      AlarmName: "shop-5xx",
      AlarmDescription: "The shop's API answers with errors.",
      Namespace: "AWS/ApiGateway",
      MetricName: "5xx",
      Dimensions: [{ Name: "ApiId", Value: getId({ type: "Api", group: "ApiGatewayV2", name: "shop-api" }) }],
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 5,
      DatapointsToAlarm: 3,
      Threshold: 0,
      ComparisonOperator: "GreaterThanThreshold",
      // Nobody called: nothing failed.
      TreatMissingData: "notBreaching",
    }),
    dependencies: () => ({ snsTopicAlarmActions: ["shop-alarms"], snsTopicOKActions: ["shop-alarms"] }),
  },
  // Of a hundred calls, so many fail: an expression over two metrics.
  {
    type: "MetricAlarm",
    group: "CloudWatch",
    properties: () => {
      const metric = (/** @type {string} */ MetricName) => ({
        Metric: {
          Namespace: "AWS/Lambda",
          MetricName,
          Dimensions: [{ Name: "FunctionName", Value: "shop" }],
        },
        Period: 300,
        Stat: "Sum",
      });
      return {
        AlarmName: "shop-error-rate",
        Metrics: [
          { Id: "rate", Expression: "100 * errors / calls", Label: "Errors in percent" },
          { Id: "errors", MetricStat: metric("Errors"), ReturnData: false },
          { Id: "calls", MetricStat: metric("Invocations"), ReturnData: false },
        ],
        EvaluationPeriods: 2,
        Threshold: 1,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData: "notBreaching",
      };
    },
    dependencies: () => ({ snsTopicAlarmActions: ["shop-alarms"] }),
  },
  {
    type: "Dashboard",
    group: "CloudWatch",
    properties: ({ config, getId }) => {
      const api = getId({ type: "Api", group: "ApiGatewayV2", name: "shop-api" });
      const graph = (
        /** @type {string} */ title,
        /** @type {(string | { [key: string]: string })[][]} */ metrics,
        x = 0,
      ) => ({
        ...{ type: "metric", x, y: 0, width: 12, height: 6 },
        properties: { title, region: config.region, view: "timeSeries", period: 60, metrics },
      });
      return {
        DashboardName: "shop",
        DashboardBody: {
          widgets: [
            graph("Calls and errors", [
              ["AWS/ApiGateway", "Count", "ApiId", api, { stat: "Sum" }],
              ["AWS/ApiGateway", "5xx", "ApiId", api, { stat: "Sum", yAxis: "right" }],
            ]),
            graph("Latency", [["AWS/ApiGateway", "Latency", "ApiId", api, { stat: "p99" }]], 12),
          ],
        },
      };
    },
  },
];
