// Made from the schemas of the resource types: do not edit, run `npm run docs`.

/**
 * What a spec exports as `createResources`:
 *
 *     /** @type {import("gatewright").CreateResources} *\/
 *     exports.createResources = () => [ … ];
 */
export type CreateResources = (given: Given) => readonly Resource[] | Promise<readonly Resource[]>;

/**
 * What `config.js` exports: what its function returns is in `config` wherever the spec gets it.
 *
 *     /** @type {import("gatewright").ConfigFunction} *\/
 *     module.exports = ({ stage }) => ({ projectName: "shop", memory: stage === "prod" ? 512 : 128 });
 */
export type ConfigFunction = (given: Around) => object | Promise<object>;

export interface Around {
  readonly stage: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov` */
  readonly partition: string;
  /** The account's number; AWS is asked when it is called. */
  accountId(): string;
}

export interface Config extends Around {
  readonly projectName: string;
  /** What config.js returned. */
  // biome-ignore lint/suspicious/noExplicitAny: what the user's own config.js returns is not known here.
  readonly [key: string]: any;
}

/** Given to `createResources`. */
export interface Given {
  readonly config: Config;
  readonly stage: string;
  readonly region: string;
}

/** Given to `dependencies` and to `name`. */
export interface DependenciesGiven {
  readonly config: Config;
}

/** Given to `properties`. */
export interface PropertiesGiven {
  readonly config: Config;
  /** A live value of another resource of the spec: its id, or `path: "live.…"`. It also orders the steps. */
  getId(reference: Reference): string;
  /** A password made when the resource is created; never compared, never shown. */
  generatePassword(options?: { length?: number }): string;
  /** Text over several lines without the indentation that they share. */
  multiline(text: TemplateStringsArray | (() => unknown), ...values: unknown[]): string;
}

/** What every entry may have. */
export interface Entry {
  /** The name in the spec, where the properties do not give it. */
  name?: string | ((given: DependenciesGiven) => string) | undefined;
  namespace?: string | undefined;
}

/** A resource of the spec by its name. */
export type Name = string | { name: string; provider?: string } | null;
export type Names = Name | readonly Name[];

/** Any attribute of the live resource. */
export type OtherPath = `live.${string}` & {};

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** An entry of the spec. `group` and `type` decide what else it may have. */
export type Resource =
  | ApiGatewayV2Api
  | ReadOnlyApiGatewayV2Api
  | ApiGatewayV2Integration
  | ReadOnlyApiGatewayV2Integration
  | ApiGatewayV2Route
  | ReadOnlyApiGatewayV2Route
  | ApiGatewayV2Stage
  | ReadOnlyApiGatewayV2Stage
  | ApiGatewayV2Deployment
  | ReadOnlyApiGatewayV2Deployment
  | ApiGatewayV2Authorizer
  | ReadOnlyApiGatewayV2Authorizer
  | LambdaFunction
  | ReadOnlyLambdaFunction
  | LambdaPermission
  | ReadOnlyLambdaPermission
  | IAMRole
  | ReadOnlyIAMRole
  | IAMPolicy
  | ReadOnlyIAMPolicy
  | CloudWatchLogsLogGroup
  | ReadOnlyCloudWatchLogsLogGroup;

/** What `getId` asks for: a resource of the spec, and which of its values. */
export type Reference =
  | {
      group: "ApiGatewayV2";
      type: "Api";
      name: string;
      path?: "id" | "live.ApiEndpoint" | "live.Endpoint" | "live.Arn" | "live.ArnV2" | OtherPath;
      suffix?: string;
    }
  | { group: "ApiGatewayV2"; type: "Integration"; name: string; path?: "id" | OtherPath; suffix?: string }
  | { group: "ApiGatewayV2"; type: "Route"; name: string; path?: "id" | OtherPath; suffix?: string }
  | {
      group: "ApiGatewayV2";
      type: "Stage";
      name: string;
      path?: "id" | "live.InvokeUrl" | "live.Arn" | OtherPath;
      suffix?: string;
    }
  | { group: "ApiGatewayV2"; type: "Deployment"; name: string; path?: "id" | OtherPath; suffix?: string }
  | { group: "ApiGatewayV2"; type: "Authorizer"; name: string; path?: "id" | OtherPath; suffix?: string }
  | {
      group: "Lambda";
      type: "Function";
      name: string;
      path?: "id" | "live.Arn" | "live.FunctionArn" | "live.FunctionName" | OtherPath;
      suffix?: string;
    }
  | { group: "Lambda"; type: "Permission"; name: string; path?: "id" | OtherPath; suffix?: string }
  | {
      group: "IAM";
      type: "Role";
      name: string;
      path?: "id" | "live.Arn" | "live.RoleName" | OtherPath;
      suffix?: string;
    }
  | { group: "IAM"; type: "Policy"; name: string; path?: "id" | "live.Arn" | OtherPath; suffix?: string }
  | {
      group: "CloudWatchLogs";
      type: "LogGroup";
      name: string;
      path?: "id" | "live.Arn" | "live.arn" | "live.logGroupName" | OtherPath;
      suffix?: string;
    };

/** An HTTP or WEBSOCKET API. */
export interface ApiGatewayV2Api extends Entry {
  group: "ApiGatewayV2";
  type: "Api";
  readOnly?: false | undefined;
  properties?: ApiGatewayV2ApiProperties | ((given: PropertiesGiven) => ApiGatewayV2ApiProperties);
  dependencies?: ApiGatewayV2ApiDependencies | ((given: DependenciesGiven) => ApiGatewayV2ApiDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyApiGatewayV2Api extends Entry {
  group: "ApiGatewayV2";
  type: "Api";
  readOnly: true;
  properties?:
    | Partial<ApiGatewayV2ApiProperties>
    | ((given: PropertiesGiven) => Partial<ApiGatewayV2ApiProperties>);
  dependencies?:
    | Partial<ApiGatewayV2ApiDependencies>
    | ((given: DependenciesGiven) => Partial<ApiGatewayV2ApiDependencies>);
}

export interface ApiGatewayV2ApiProperties {
  /** Name of the API, also its name in the spec. */
  Name?: string | undefined;
  /** What clients speak. Default: `HTTP`. */
  ProtocolType?: "HTTP" | "WEBSOCKET" | undefined;
  /** Description of the API. */
  Description?: string | undefined;
  /** A version identifier, for people. */
  Version?: string | undefined;
  /** How a route is chosen for a request. HTTP: `$request.method $request.path`, the default. WEBSOCKET: required, such as `$request.body.action`. */
  RouteSelectionExpression?: string | undefined;
  /** Where an API key is looked for. Default: `$request.header.x-api-key`. WEBSOCKET only. */
  ApiKeySelectionExpression?: string | undefined;
  /** Answers to cross-origin requests. HTTP only. */
  CorsConfiguration?:
    | {
        /** Whether requests may carry credentials. Default: false. */
        AllowCredentials?: boolean | undefined;
        /** Headers that requests may carry, compared without case. */
        AllowHeaders?: readonly string[] | undefined;
        /** Methods that may be called, `*` for all. */
        AllowMethods?: readonly string[] | undefined;
        /** Origins that may call, `*` for all. */
        AllowOrigins?: readonly string[] | undefined;
        /** Headers of the answer that scripts may read. */
        ExposeHeaders?: readonly string[] | undefined;
        /** Seconds for which a browser keeps the answer to a preflight request. Default: not sent. */
        MaxAge?: number | undefined;
      }
    | undefined;
  /** Refuses calls to the execute-api address, so that only custom domains work. Default: false. */
  DisableExecuteApiEndpoint?: boolean | undefined;
  /** Does not validate models when a deployment is made. WEBSOCKET only. Default: false. */
  DisableSchemaValidation?: boolean | undefined;
  /** Addresses by which the API can be called. Default: ipv4. */
  IpAddressType?: "ipv4" | "dualstack" | undefined;
  /** Quick create, HTTP only: a URL or a function's ARN; API Gateway makes and keeps the integration, a route and the stage $default. Adding it to an API or removing it replaces the API. */
  Target?: string | undefined;
  /** Quick create: key of the route. Default: `$default`. */
  RouteKey?: string | undefined;
  /** Quick create: role that API Gateway takes on to invoke the target. Default: the function's own policy. */
  CredentialsArn?: string | undefined;
  /** Tags by key. Gatewright adds its own gc-* tags; what is written here wins. */
  Tags?: Readonly<Record<string, string>> | undefined;
}

export interface ApiGatewayV2ApiDependencies {
  /** It has none. */
  none?: never;
}

/** What an API calls for a route: a Lambda function, a URL, a private endpoint, another AWS service. */
export interface ApiGatewayV2Integration extends Entry {
  group: "ApiGatewayV2";
  type: "Integration";
  readOnly?: false | undefined;
  properties:
    | ApiGatewayV2IntegrationProperties
    | ((given: PropertiesGiven) => ApiGatewayV2IntegrationProperties);
  dependencies:
    | ApiGatewayV2IntegrationDependencies
    | ((given: DependenciesGiven) => ApiGatewayV2IntegrationDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyApiGatewayV2Integration extends Entry {
  group: "ApiGatewayV2";
  type: "Integration";
  readOnly: true;
  properties?:
    | Partial<ApiGatewayV2IntegrationProperties>
    | ((given: PropertiesGiven) => Partial<ApiGatewayV2IntegrationProperties>);
  dependencies?:
    | Partial<ApiGatewayV2IntegrationDependencies>
    | ((given: DependenciesGiven) => Partial<ApiGatewayV2IntegrationDependencies>);
}

export interface ApiGatewayV2IntegrationProperties {
  /** AWS_PROXY: a Lambda function, or with IntegrationSubtype another service. HTTP_PROXY: a URL or a private endpoint. AWS, HTTP and MOCK: WEBSOCKET only. */
  IntegrationType: "AWS" | "AWS_PROXY" | "HTTP" | "HTTP_PROXY" | "MOCK";
  /** Which action of which service an HTTP API calls. With it, RequestParameters are the action's. */
  IntegrationSubtype?:
    | "AppConfig-GetConfiguration"
    | "EventBridge-PutEvents"
    | "Kinesis-PutRecord"
    | "SQS-SendMessage"
    | "SQS-ReceiveMessage"
    | "SQS-DeleteMessage"
    | "SQS-PurgeQueue"
    | "StepFunctions-StartExecution"
    | "StepFunctions-StartSyncExecution"
    | "StepFunctions-StopExecution"
    | undefined;
  /** Function, URL or listener. Default: from the dependency lambdaFunction or listener. */
  IntegrationUri?: string | undefined;
  /** HTTP method to the backend. Default: POST for Lambda and AWS, ANY for HTTP_PROXY. */
  IntegrationMethod?: "ANY" | "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT" | undefined;
  /** Form of the event. Default: 2.0 for Lambda on HTTP APIs, else 1.0, the only one there. */
  PayloadFormatVersion?: "1.0" | "2.0" | undefined;
  /** Milliseconds, 50 to 30000 (HTTP) or 29000 (WEBSOCKET). Default: the most. */
  TimeoutInMillis?: number | undefined;
  /** Default: VPC_LINK with the dependency vpcLink, else INTERNET. */
  ConnectionType?: "INTERNET" | "VPC_LINK" | undefined;
  /** Id of the VPC link. Default: from the dependency vpcLink. */
  ConnectionId?: string | undefined;
  /** Role that API Gateway takes on, or `arn:aws:iam::*:user/*` for the caller's. Default: from the dependency role, else the target's own policy decides. */
  CredentialsArn?: string | undefined;
  /** Description of the integration. */
  Description?: string | undefined;
  /** HTTP: changes to the request, such as `append:header.x`. With IntegrationSubtype: the action's parameters; taking one away replaces the integration. WEBSOCKET: `integration.request.…`. */
  RequestParameters?: Readonly<Record<string, string>> | undefined;
  /** HTTP only. Changes to the response by status code, such as `append:header.x`. */
  ResponseParameters?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /** TLS to a private endpoint. HTTP only. */
  TlsConfig?:
    | {
        /** Name that the backend's certificate must have. */
        ServerNameToVerify?: string | undefined;
      }
    | undefined;
  /** WEBSOCKET only. Conversion of the response. Default: none. */
  ContentHandlingStrategy?: "CONVERT_TO_BINARY" | "CONVERT_TO_TEXT" | undefined;
  /** WEBSOCKET only. What happens to a message without a template. Default: WHEN_NO_MATCH. */
  PassthroughBehavior?: "WHEN_NO_MATCH" | "WHEN_NO_TEMPLATES" | "NEVER" | undefined;
  /** WEBSOCKET only. Velocity templates by content type. */
  RequestTemplates?: Readonly<Record<string, string>> | undefined;
  /** WEBSOCKET only. How a template is chosen. */
  TemplateSelectionExpression?: string | undefined;
  /** Answered by AWS only: accepted, so that generated specs load, and not sent. */
  IntegrationResponseSelectionExpression?: string | undefined;
}

export interface ApiGatewayV2IntegrationDependencies {
  /** The ApiGatewayV2::Api it is part of. */
  api: Name;
  /** Name of Lambda::Function. */
  lambdaFunction?: Name | undefined;
  /** Name of IAM::Role. */
  role?: Name | undefined;
  /** Name of CloudWatchEvents::EventBus. */
  eventBus?: Name | undefined;
  /** Name of SQS::Queue. */
  sqsQueue?: Name | undefined;
  /** Name of DynamoDB::Table. Only orders the steps. */
  dynamoDbTable?: Name | undefined;
  /** Name of StepFunctions::StateMachine. */
  stepFunctionsStateMachine?: Name | undefined;
  /** Name of ElasticLoadBalancingV2::Listener. */
  listener?: Name | undefined;
  /** Name of ApiGatewayV2::VpcLink. */
  vpcLink?: Name | undefined;
}

/** Which requests or messages lead to which integration, and who may send them. */
export interface ApiGatewayV2Route extends Entry {
  group: "ApiGatewayV2";
  type: "Route";
  readOnly?: false | undefined;
  properties: ApiGatewayV2RouteProperties | ((given: PropertiesGiven) => ApiGatewayV2RouteProperties);
  dependencies: ApiGatewayV2RouteDependencies | ((given: DependenciesGiven) => ApiGatewayV2RouteDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyApiGatewayV2Route extends Entry {
  group: "ApiGatewayV2";
  type: "Route";
  readOnly: true;
  properties?:
    | Partial<ApiGatewayV2RouteProperties>
    | ((given: PropertiesGiven) => Partial<ApiGatewayV2RouteProperties>);
  dependencies?:
    | Partial<ApiGatewayV2RouteDependencies>
    | ((given: DependenciesGiven) => Partial<ApiGatewayV2RouteDependencies>);
}

export interface ApiGatewayV2RouteProperties {
  /** HTTP: `METHOD /path` or `$default`. WEBSOCKET: `$connect`, `$disconnect`, `$default` or a word of the messages. */
  RouteKey: string;
  /** `integrations/ID`. Default: from the dependency integration. */
  Target?: string | undefined;
  /** Default: that of the dependency authorizer (JWT, or CUSTOM for a Lambda authorizer), else NONE. */
  AuthorizationType?: "NONE" | "AWS_IAM" | "CUSTOM" | "JWT" | undefined;
  /** Default: from the dependency authorizer. */
  AuthorizerId?: string | undefined;
  /** Scopes of which a JWT must have one; at most 10. */
  AuthorizationScopes?: readonly string[] | undefined;
  /** WEBSOCKET only. Default: false. */
  ApiKeyRequired?: boolean | undefined;
  /** Name of the operation, for exports. */
  OperationName?: string | undefined;
  /** WEBSOCKET only. How a model is chosen for a message. */
  ModelSelectionExpression?: string | undefined;
  /** WEBSOCKET only. Models by key. */
  RequestModels?: Readonly<Record<string, string>> | undefined;
  /** WEBSOCKET only. Parameters that the route knows, such as `route.request.querystring.token`. */
  RequestParameters?:
    | Readonly<
        Record<
          string,
          {
            /** Whether it must be there. Default: false. */
            Required?: boolean | undefined;
          }
        >
      >
    | undefined;
  /** WEBSOCKET only. `$default` for a route that answers. */
  RouteResponseSelectionExpression?: string | undefined;
}

export interface ApiGatewayV2RouteDependencies {
  /** The ApiGatewayV2::Api it is part of. */
  api: Name;
  /** Name of ApiGatewayV2::Integration. */
  integration?: Name | undefined;
  /** Name of ApiGatewayV2::Authorizer. */
  authorizer?: Name | undefined;
}

/** An address at which an API is served, with its own settings, variables and logs. */
export interface ApiGatewayV2Stage extends Entry {
  group: "ApiGatewayV2";
  type: "Stage";
  readOnly?: false | undefined;
  properties?: ApiGatewayV2StageProperties | ((given: PropertiesGiven) => ApiGatewayV2StageProperties);
  dependencies: ApiGatewayV2StageDependencies | ((given: DependenciesGiven) => ApiGatewayV2StageDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyApiGatewayV2Stage extends Entry {
  group: "ApiGatewayV2";
  type: "Stage";
  readOnly: true;
  properties?:
    | Partial<ApiGatewayV2StageProperties>
    | ((given: PropertiesGiven) => Partial<ApiGatewayV2StageProperties>);
  dependencies?:
    | Partial<ApiGatewayV2StageDependencies>
    | ((given: DependenciesGiven) => Partial<ApiGatewayV2StageDependencies>);
}

export interface ApiGatewayV2StageProperties {
  /** Name of the stage, the first part of its path; `$default` has no path of its own. */
  StageName?: string | undefined;
  /** Every change is served at once. Default: false; then Gatewright deploys after each apply that changes it. */
  AutoDeploy?: boolean | undefined;
  /** Description of the stage. */
  Description?: string | undefined;
  /** Access logs. Default: none. */
  AccessLogSettings?:
    | {
        /** Log group or Firehose stream. Default: from the dependency logGroup. */
        DestinationArn?: string | undefined;
        /** One line of `$context` variables, `$context.requestId` among them. */
        Format?: string | undefined;
      }
    | undefined;
  /** Settings of every route. A throttling limit can be changed, but not taken back: that replaces the stage. */
  DefaultRouteSettings?:
    | {
        /** Metrics per route. Default: false. */
        DetailedMetricsEnabled?: boolean | undefined;
        /** Requests at once. Default: the account's limit. 0 lets nothing through. */
        ThrottlingBurstLimit?: number | undefined;
        /** Requests a second. Default: the account's limit. 0 lets nothing through. */
        ThrottlingRateLimit?: number | undefined;
        /** WEBSOCKET only. Default: OFF. */
        LoggingLevel?: "ERROR" | "INFO" | "OFF" | undefined;
        /** Logs whole messages. WEBSOCKET only. Default: false. */
        DataTraceEnabled?: boolean | undefined;
      }
    | undefined;
  /** Settings by route key; the routes must be there. */
  RouteSettings?:
    | Readonly<
        Record<
          string,
          {
            /** Metrics per route. Default: false. */
            DetailedMetricsEnabled?: boolean | undefined;
            /** Requests at once. Default: the account's limit. 0 lets nothing through. */
            ThrottlingBurstLimit?: number | undefined;
            /** Requests a second. Default: the account's limit. 0 lets nothing through. */
            ThrottlingRateLimit?: number | undefined;
            /** WEBSOCKET only. Default: OFF. */
            LoggingLevel?: "ERROR" | "INFO" | "OFF" | undefined;
            /** Logs whole messages. WEBSOCKET only. Default: false. */
            DataTraceEnabled?: boolean | undefined;
          }
        >
      >
    | undefined;
  /** Values by name, which integrations can use in URIs and mappings. */
  StageVariables?: Readonly<Record<string, string>> | undefined;
  /** WEBSOCKET only. Certificate shown to the backend. */
  ClientCertificateId?: string | undefined;
  /** Without AutoDeploy: a deployment to stay on. Default: the newest, which Gatewright makes. */
  DeploymentId?: string | undefined;
  /** Tags by key. Gatewright adds its own gc-* tags; what is written here wins. */
  Tags?: Readonly<Record<string, string>> | undefined;
}

export interface ApiGatewayV2StageDependencies {
  /** The ApiGatewayV2::Api it is part of. */
  api: Name;
  /** Name of CloudWatchLogs::LogGroup. */
  logGroup?: Name | undefined;
}

/** What a stage without AutoDeploy serves. Made anew whenever the API changes; need not be written in the spec. */
export interface ApiGatewayV2Deployment extends Entry {
  group: "ApiGatewayV2";
  type: "Deployment";
  readOnly?: false | undefined;
  properties?:
    | ApiGatewayV2DeploymentProperties
    | ((given: PropertiesGiven) => ApiGatewayV2DeploymentProperties);
  dependencies:
    | ApiGatewayV2DeploymentDependencies
    | ((given: DependenciesGiven) => ApiGatewayV2DeploymentDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyApiGatewayV2Deployment extends Entry {
  group: "ApiGatewayV2";
  type: "Deployment";
  readOnly: true;
  properties?:
    | Partial<ApiGatewayV2DeploymentProperties>
    | ((given: PropertiesGiven) => Partial<ApiGatewayV2DeploymentProperties>);
  dependencies?:
    | Partial<ApiGatewayV2DeploymentDependencies>
    | ((given: DependenciesGiven) => Partial<ApiGatewayV2DeploymentDependencies>);
}

export interface ApiGatewayV2DeploymentProperties {
  /** Description of the deployment. */
  Description?: string | undefined;
  /** Stage that it is for. Default: the dependency stage, or the only one. */
  StageName?: string | undefined;
  /** Answered by AWS only: accepted, so that generated specs load. Such a deployment makes itself. */
  AutoDeployed?: boolean | undefined;
}

export interface ApiGatewayV2DeploymentDependencies {
  /** The ApiGatewayV2::Api it is part of. */
  api: Name;
  /** Name of ApiGatewayV2::Stage. */
  stage?: Name | undefined;
}

/** Who may call the routes that name it: holders of a token, or whom a function lets in. */
export interface ApiGatewayV2Authorizer extends Entry {
  group: "ApiGatewayV2";
  type: "Authorizer";
  readOnly?: false | undefined;
  properties:
    | ApiGatewayV2AuthorizerProperties
    | ((given: PropertiesGiven) => ApiGatewayV2AuthorizerProperties);
  dependencies:
    | ApiGatewayV2AuthorizerDependencies
    | ((given: DependenciesGiven) => ApiGatewayV2AuthorizerDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyApiGatewayV2Authorizer extends Entry {
  group: "ApiGatewayV2";
  type: "Authorizer";
  readOnly: true;
  properties?:
    | Partial<ApiGatewayV2AuthorizerProperties>
    | ((given: PropertiesGiven) => Partial<ApiGatewayV2AuthorizerProperties>);
  dependencies?:
    | Partial<ApiGatewayV2AuthorizerDependencies>
    | ((given: DependenciesGiven) => Partial<ApiGatewayV2AuthorizerDependencies>);
}

export interface ApiGatewayV2AuthorizerProperties {
  /** Name, unique in the API. */
  Name?: string | undefined;
  /** JWT: tokens of an issuer, HTTP only. REQUEST: a Lambda function. A change replaces the authorizer. */
  AuthorizerType: "JWT" | "REQUEST";
  /** Where the identity is: `$request.header.Authorization` (HTTP), `route.request.header.Auth` (WEBSOCKET). JWT: exactly one. */
  IdentitySource?: readonly string[] | undefined;
  /** JWT only. */
  JwtConfiguration?:
    | {
        /** Values of `aud` of which a token must have one. */
        Audience?: readonly string[] | undefined;
        /** URL of the issuer. Default: from the dependency userPool. */
        Issuer?: string | undefined;
      }
    | undefined;
  /** REQUEST only. The function, by its ARN or in API Gateway's form. Default: from the dependency lambdaFunction. */
  AuthorizerUri?: string | undefined;
  /** REQUEST only. Role to invoke the function with. Default: from the dependency role, else the function's policy. */
  AuthorizerCredentialsArn?: string | undefined;
  /** REQUEST on HTTP APIs. Default: 2.0. */
  AuthorizerPayloadFormatVersion?: "1.0" | "2.0" | undefined;
  /** REQUEST on HTTP APIs. Seconds for which an answer is kept. Default: 300, or 0 without IdentitySource. */
  AuthorizerResultTtlInSeconds?: number | undefined;
  /** REQUEST on HTTP APIs with payload 2.0. The function answers yes or no, not a policy. Default: false. */
  EnableSimpleResponses?: boolean | undefined;
  /** Taken by AWS and not used. */
  IdentityValidationExpression?: string | undefined;
}

export interface ApiGatewayV2AuthorizerDependencies {
  /** The ApiGatewayV2::Api it is part of. */
  api: Name;
  /** Name of CognitoIdentityServiceProvider::UserPool. */
  userPool?: Name | undefined;
  /** Name of Lambda::Function. */
  lambdaFunction?: Name | undefined;
  /** Name of IAM::Role. */
  role?: Name | undefined;
}

/** A function: code from the folder of its name, a container image or S3. */
export interface LambdaFunction extends Entry {
  group: "Lambda";
  type: "Function";
  readOnly?: false | undefined;
  properties?: LambdaFunctionProperties | ((given: PropertiesGiven) => LambdaFunctionProperties);
  dependencies?: LambdaFunctionDependencies | ((given: DependenciesGiven) => LambdaFunctionDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyLambdaFunction extends Entry {
  group: "Lambda";
  type: "Function";
  readOnly: true;
  properties?:
    | Partial<LambdaFunctionProperties>
    | ((given: PropertiesGiven) => Partial<LambdaFunctionProperties>);
  dependencies?:
    | Partial<LambdaFunctionDependencies>
    | ((given: DependenciesGiven) => Partial<LambdaFunctionDependencies>);
}

export interface LambdaFunctionProperties {
  /** Name of the function, also its name in the spec. */
  FunctionName?: string | undefined;
  /** ARN of the execution role; usually given as dependencies.role. One of the two is required. */
  Role?: string | undefined;
  /** Runtime such as `nodejs22.x` or `python3.13`. Required for PackageType Zip. */
  Runtime?: string | undefined;
  /** `file.function` that is called. Required for PackageType Zip. */
  Handler?: string | undefined;
  /** Where the code is. Default: the folder with the function's name beside the spec, zipped. */
  Code?:
    | {
        /** base64 of a .zip archive, for code that is not in a folder. */
        ZipFile?: string | undefined;
        /** Bucket of the archive, in the function's region. */
        S3Bucket?: string | undefined;
        /** Key of the archive. */
        S3Key?: string | undefined;
        /** Version of the archive, in a versioned bucket. */
        S3ObjectVersion?: string | undefined;
        /** COPY uploads the archive to Lambda, REFERENCE leaves it in the bucket. Default: COPY. */
        S3ObjectStorageMode?: "COPY" | "REFERENCE" | undefined;
        /** URI of the container image in Amazon ECR (PackageType Image). */
        ImageUri?: string | undefined;
        /** ARN of the KMS key that encrypts the archive. Default: AWS's own key. */
        SourceKMSKeyArn?: string | undefined;
      }
    | undefined;
  /** Default: Zip, or Image when Code has an ImageUri. */
  PackageType?: "Zip" | "Image" | undefined;
  /** Description. Default: none. */
  Description?: string | undefined;
  /** Seconds a call may take, at most 900 (5400 on managed instances). Default: 3. */
  Timeout?: number | undefined;
  /** Memory in MB. Default: 128. */
  MemorySize?: number | undefined;
  /** Size of /tmp. Default: 512 MB. */
  EphemeralStorage?:
    | {
        /** Size in MB. */
        Size: number;
      }
    | undefined;
  /** One of x86_64 and arm64. Default: x86_64. */
  Architectures?: readonly ("x86_64" | "arm64")[] | undefined;
  /** Environment variables. Default: none. */
  Environment?:
    | {
        /** Values by name. They are masked in every output. */
        Variables?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
  /** ARNs of layer versions, at most 5; the later ones win. */
  Layers?: readonly string[] | undefined;
  /** Access to a VPC. Default: none. */
  VpcConfig?:
    | {
        /** Subnets; those of dependencies.subnets are added. */
        SubnetIds?: readonly string[] | undefined;
        /** Security groups; those of dependencies.securityGroups are added. */
        SecurityGroupIds?: readonly string[] | undefined;
        /** IPv6 out of dual-stack subnets. Default: false. */
        Ipv6AllowedForDualStack?: boolean | undefined;
      }
    | undefined;
  /** Where asynchronous events go that cannot be processed. Default: nowhere. */
  DeadLetterConfig?:
    | {
        /** ARN of the queue or topic. */
        TargetArn?: string | undefined;
      }
    | undefined;
  /** ARN of the KMS key for environment and snapshots. Default: AWS's own key. */
  KMSKeyArn?: string | undefined;
  /** X-Ray tracing. */
  TracingConfig?:
    | {
        /** Default: PassThrough. */
        Mode?: "Active" | "PassThrough" | undefined;
      }
    | undefined;
  /** File system to mount. Default: none. */
  FileSystemConfigs?:
    | readonly {
        /** ARN of the Amazon EFS or S3 Files access point. */
        Arn: string;
        /** Where the function sees it. */
        LocalMountPath: string;
        /** How an S3 Files access point is read. */
        S3FilesConfig?:
          | {
              /** Reads straight from the bucket. Default: AUTO. */
              DirectS3Read?: "AUTO" | "ENABLED" | "DISABLED" | undefined;
            }
          | undefined;
      }[]
    | undefined;
  /** Overrides of a container image's settings. */
  ImageConfig?:
    | {
        /** Overrides the image's ENTRYPOINT. */
        EntryPoint?: readonly string[] | undefined;
        /** Overrides the image's CMD. */
        Command?: readonly string[] | undefined;
        /** Overrides the image's WORKDIR. */
        WorkingDirectory?: string | undefined;
      }
    | undefined;
  /** Start from a snapshot. */
  SnapStart?:
    | {
        /** Default: None. */
        ApplyOn?: "PublishedVersions" | "None" | undefined;
      }
    | undefined;
  /** What is logged, how and where. */
  LoggingConfig?:
    | {
        /** Default: Text. */
        LogFormat?: "Text" | "JSON" | undefined;
        /** Log group. Default: /aws/lambda/ and the function's name. */
        LogGroup?: string | undefined;
        /** With JSON only. Default: INFO. */
        ApplicationLogLevel?: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL" | undefined;
        /** With JSON only. Default: INFO. */
        SystemLogLevel?: "DEBUG" | "INFO" | "WARN" | undefined;
      }
    | undefined;
  /** ARN of a code-signing configuration. Default: none. */
  CodeSigningConfigArn?: string | undefined;
  /** An environment per tenant; only settable at creation. */
  TenancyConfig?:
    | {
        /** The only mode. */
        TenantIsolationMode: "PER_TENANT";
      }
    | undefined;
  /** Runs on managed instances. */
  CapacityProviderConfig?:
    | {
        /** Managed instances of the provider. */
        LambdaManagedInstancesCapacityProviderConfig: {
          /** ARN of the capacity provider. */
          CapacityProviderArn: string;
          /** Most concurrent calls per environment. */
          PerExecutionEnvironmentMaxConcurrency?: number | undefined;
          /** GiB of memory for each vCPU. */
          ExecutionEnvironmentMemoryGiBPerVCpu?: number | undefined;
        };
      }
    | undefined;
  /** Durable executions: adding or removing this replaces the function, changing it does not. */
  DurableConfig?:
    | {
        /** Seconds a durable execution may take. */
        ExecutionTimeout?: number | undefined;
        /** Days its history is kept. */
        RetentionPeriodInDays?: number | undefined;
        /** ARN of the KMS key for its data. */
        KMSKeyArn?: string | undefined;
      }
    | undefined;
  /** Publishes a version at creation and with new code. Never compared. */
  Publish?: boolean | undefined;
  /** Where to publish to. Never compared. */
  PublishTo?: "LATEST_PUBLISHED" | undefined;
  /** Concurrent calls kept for this function, and its limit. Default: none. */
  ReservedConcurrentExecutions?: number | undefined;
  /** A URL of the function's own. Default: none. */
  FunctionUrlConfig?:
    | {
        /** NONE: anybody may call the URL; the statements that allow it are added to the function's Lambda::Permission. AWS_IAM: signed requests only. */
        AuthType: "NONE" | "AWS_IAM";
        /** Cross-origin calls. Default: none. */
        Cors?:
          | {
              /** Cookies and credentials are allowed. Default: false. */
              AllowCredentials?: boolean | undefined;
              /** Headers a page may send. */
              AllowHeaders?: readonly string[] | undefined;
              /** Methods a page may use. */
              AllowMethods?: readonly string[] | undefined;
              /** Origins that may call the URL. */
              AllowOrigins?: readonly string[] | undefined;
              /** Headers of the answer a page may read. */
              ExposeHeaders?: readonly string[] | undefined;
              /** Seconds a browser keeps the answer. Default: 0. */
              MaxAge?: number | undefined;
            }
          | undefined;
        /** How answers are returned. Default: BUFFERED. */
        InvokeMode?: "BUFFERED" | "RESPONSE_STREAM" | undefined;
      }
    | undefined;
  /** Old spelling of a Lambda::Permission of this function: its resource policy as a document. */
  Policy?: string | Readonly<Record<string, Json>> | undefined;
  /** Tags by key. Gatewright adds its own gc-* tags; what is written here wins. */
  Tags?: Readonly<Record<string, string>> | undefined;
  /** Any of these properties, as GruCloud 8 and newer write them. */
  Configuration?: Omit<LambdaFunctionProperties, "Configuration"> | undefined;
}

export interface LambdaFunctionDependencies {
  /** Name of IAM::Role, or an ARN. */
  role?: Name | undefined;
  /** Names of Lambda::Layer, or an ARN. */
  layers?: Names | undefined;
  /** Names of EC2::Subnet. */
  subnets?: Names | undefined;
  /** Names of EC2::SecurityGroup. */
  securityGroups?: Names | undefined;
  /** Name of KMS::Key, or an ARN. */
  kmsKey?: Name | undefined;
  /** Names of ApiGatewayV2::Api. Only orders the steps. */
  apiGatewayV2Apis?: Names | undefined;
  /** Names of EFS::AccessPoint. Only orders the steps. */
  efsAccessPoints?: Names | undefined;
  /** Names of CloudWatchLogs::LogGroup. Only orders the steps. */
  logGroups?: Names | undefined;
}

/** Who may invoke a function: all statements of its resource policy. */
export interface LambdaPermission extends Entry {
  group: "Lambda";
  type: "Permission";
  readOnly?: false | undefined;
  properties?: LambdaPermissionProperties | ((given: PropertiesGiven) => LambdaPermissionProperties);
  dependencies: LambdaPermissionDependencies | ((given: DependenciesGiven) => LambdaPermissionDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyLambdaPermission extends Entry {
  group: "Lambda";
  type: "Permission";
  readOnly: true;
  properties?:
    | Partial<LambdaPermissionProperties>
    | ((given: PropertiesGiven) => Partial<LambdaPermissionProperties>);
  dependencies?:
    | Partial<LambdaPermissionDependencies>
    | ((given: DependenciesGiven) => Partial<LambdaPermissionDependencies>);
}

export interface LambdaPermissionProperties {
  /** The statements. Default: one for each API in dependencies.apiGatewayV2Apis. */
  Permissions?:
    | readonly {
        /** Id of the statement. Default: made from principal and action. */
        StatementId?: string | undefined;
        /** What is allowed, usually `lambda:InvokeFunction`. */
        Action: string;
        /** Who may: a service such as apigateway.amazonaws.com, an account, an ARN, or *. */
        Principal: string;
        /** Only for calls from this ARN; * stands for any text. */
        SourceArn?: string | undefined;
        /** Only for calls from resources of this account. */
        SourceAccount?: string | undefined;
        /** Token that an Alexa Smart Home skill must send. */
        EventSourceToken?: string | undefined;
        /** Only for principals of this organization. */
        PrincipalOrgID?: string | undefined;
        /** With lambda:InvokeFunctionUrl: the URL's AuthType. */
        FunctionUrlAuthType?: "NONE" | "AWS_IAM" | undefined;
        /** Only for calls through the function's URL. */
        InvokedViaFunctionUrl?: boolean | undefined;
        /** Version or alias that the statement is for. Default: the function itself. */
        Qualifier?: string | undefined;
        /** The function's name; dependencies.lambdaFunction says it already. */
        FunctionName?: string | undefined;
      }[]
    | undefined;
  /** One statement's properties may be written without Permissions. */
  Action?: string | undefined;
  /** See Action. */
  Principal?: string | undefined;
  /** See Action. */
  StatementId?: string | undefined;
  /** See Action. */
  SourceArn?: string | undefined;
  /** See Action. */
  SourceAccount?: string | undefined;
  /** See Action. */
  EventSourceToken?: string | undefined;
  /** See Action. */
  PrincipalOrgID?: string | undefined;
  /** See Action. */
  FunctionUrlAuthType?: "NONE" | "AWS_IAM" | undefined;
  /** See Action. */
  InvokedViaFunctionUrl?: boolean | undefined;
  /** See Action. */
  Qualifier?: string | undefined;
  /** See Action. */
  FunctionName?: string | undefined;
}

export interface LambdaPermissionDependencies {
  /** The Lambda::Function it is part of. */
  lambdaFunction: Name;
  /** Names of ApiGatewayV2::Api. */
  apiGatewayV2Apis?: Names | undefined;
}

/** A role that functions, integrations and stages act as. */
export interface IAMRole extends Entry {
  group: "IAM";
  type: "Role";
  readOnly?: false | undefined;
  properties: IAMRoleProperties | ((given: PropertiesGiven) => IAMRoleProperties);
  dependencies?: IAMRoleDependencies | ((given: DependenciesGiven) => IAMRoleDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyIAMRole extends Entry {
  group: "IAM";
  type: "Role";
  readOnly: true;
  properties?: Partial<IAMRoleProperties> | ((given: PropertiesGiven) => Partial<IAMRoleProperties>);
  dependencies?: Partial<IAMRoleDependencies> | ((given: DependenciesGiven) => Partial<IAMRoleDependencies>);
}

export interface IAMRoleProperties {
  /** Name of the role, also its name in the spec. */
  RoleName?: string | undefined;
  /** Path in front of the name. Default: /. */
  Path?: string | undefined;
  /** Who may assume the role: a policy document, as an object or as JSON text. */
  AssumeRolePolicyDocument: string | Readonly<Record<string, Json>>;
  /** Description. */
  Description?: string | undefined;
  /** Longest session in seconds. Default: 3600. */
  MaxSessionDuration?: number | undefined;
  /** ARN of the policy that bounds what the role can be allowed. */
  PermissionsBoundary?: string | undefined;
  /** ARNs of attached policies, such as AWS's own; `{PolicyName, PolicyArn}` is accepted. Policies of the spec go into dependencies.policies. ARNs, or AWS's list of `{PolicyName, PolicyArn}`. */
  AttachedPolicies?: readonly (string | { PolicyArn: string; PolicyName?: string })[] | undefined;
  /** Inline policies. */
  Policies?:
    | readonly {
        /** Name of the inline policy, unique in the role. */
        PolicyName: string;
        /** What it allows or denies. */
        PolicyDocument: string | Readonly<Record<string, Json>>;
      }[]
    | undefined;
  /** Tags by key. Gatewright adds its own gc-* tags; what is written here wins. A map, or AWS's list of `{Key, Value}`. */
  Tags?: Readonly<Record<string, string>> | readonly { Key: string; Value: string }[] | undefined;
}

export interface IAMRoleDependencies {
  /** Names of IAM::Policy, or an ARN. */
  policies?: Names | undefined;
  /** Names of ApiGatewayV2::Api. Only orders the steps. */
  apiGatewayV2Apis?: Names | undefined;
}

/** A customer-managed policy that roles can have attached. */
export interface IAMPolicy extends Entry {
  group: "IAM";
  type: "Policy";
  readOnly?: false | undefined;
  properties: IAMPolicyProperties | ((given: PropertiesGiven) => IAMPolicyProperties);
  dependencies?: IAMPolicyDependencies | ((given: DependenciesGiven) => IAMPolicyDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyIAMPolicy extends Entry {
  group: "IAM";
  type: "Policy";
  readOnly: true;
  properties?: Partial<IAMPolicyProperties> | ((given: PropertiesGiven) => Partial<IAMPolicyProperties>);
  dependencies?:
    | Partial<IAMPolicyDependencies>
    | ((given: DependenciesGiven) => Partial<IAMPolicyDependencies>);
}

export interface IAMPolicyProperties {
  /** Name of the policy, also its name in the spec. */
  PolicyName?: string | undefined;
  /** Path in front of the name. Default: /. */
  Path?: string | undefined;
  /** What it allows or denies: a policy document, as an object or as JSON text. */
  PolicyDocument: string | Readonly<Record<string, Json>>;
  /** Description. AWS cannot change it later: a change replaces the policy. */
  Description?: string | undefined;
  /** Tags by key. Gatewright adds its own gc-* tags; what is written here wins. A map, or AWS's list of `{Key, Value}`. */
  Tags?: Readonly<Record<string, string>> | readonly { Key: string; Value: string }[] | undefined;
}

export interface IAMPolicyDependencies {
  /** It has none. */
  none?: never;
}

/** A CloudWatch Logs group, for access logs of a stage or what a function prints. */
export interface CloudWatchLogsLogGroup extends Entry {
  group: "CloudWatchLogs";
  type: "LogGroup";
  readOnly?: false | undefined;
  properties?:
    | CloudWatchLogsLogGroupProperties
    | ((given: PropertiesGiven) => CloudWatchLogsLogGroupProperties);
  dependencies?:
    | CloudWatchLogsLogGroupDependencies
    | ((given: DependenciesGiven) => CloudWatchLogsLogGroupDependencies);
}

/** One that exists already and is only referred to. */
export interface ReadOnlyCloudWatchLogsLogGroup extends Entry {
  group: "CloudWatchLogs";
  type: "LogGroup";
  readOnly: true;
  properties?:
    | Partial<CloudWatchLogsLogGroupProperties>
    | ((given: PropertiesGiven) => Partial<CloudWatchLogsLogGroupProperties>);
  dependencies?:
    | Partial<CloudWatchLogsLogGroupDependencies>
    | ((given: DependenciesGiven) => Partial<CloudWatchLogsLogGroupDependencies>);
}

export interface CloudWatchLogsLogGroupProperties {
  /** Name of the group, also its name in the spec. */
  logGroupName?: string | undefined;
  /** Days that events are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Default: for ever. */
  retentionInDays?: number | undefined;
  /** ARN of the KMS key that encrypts the events. Default: AWS's own key. */
  kmsKeyId?: string | undefined;
  /** Class of the group. Default: STANDARD. */
  logGroupClass?: "STANDARD" | "INFREQUENT_ACCESS" | "ESSENTIALS" | "DELIVERY" | undefined;
  /** Refuses every deletion, ours too, until it is turned off. Default: false. */
  deletionProtectionEnabled?: boolean | undefined;
  /** Tags by key. Gatewright adds its own gc-* tags; what is written here wins. */
  Tags?: Readonly<Record<string, string>> | undefined;
  /** The same as Tags. */
  tags?: Readonly<Record<string, string>> | undefined;
}

export interface CloudWatchLogsLogGroupDependencies {
  /** Name of KMS::Key, or an ARN. */
  kmsKey?: Name | undefined;
}
