import type { Api, Authorizer, Deployment, Integration, Route, Stage } from "@aws-sdk/client-apigatewayv2";
import type { LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import type { Policy, PolicyVersion, Role } from "@aws-sdk/client-iam";
import type {
  FunctionConfiguration,
  FunctionCodeLocation,
  GetFunctionUrlConfigResponse,
} from "@aws-sdk/client-lambda";

export interface ApiRecord {
  api: Api;
  routes: Map<string, Route>;
  integrations: Map<string, Integration>;
  stages: Map<string, Stage>;
  deployments: Map<string, Deployment>;
  authorizers: Map<string, Authorizer>;
  /** Deployments that are not done: reads left. */
  pending: Map<string, number>;
  /** What each deployment froze, so that tests can see what a stage really serves. */
  snapshots: Map<string, { routes: Route[]; integrations: Integration[]; authorizers: Authorizer[] }>;
}

export interface Statement {
  Sid: string;
  Effect: "Allow";
  Principal: string | { Service: string } | { AWS: string };
  Action: string;
  Resource: string;
  Condition?: Record<string, Record<string, string>>;
}

export interface FunctionRecord {
  config: FunctionConfiguration;
  code: FunctionCodeLocation;
  zip: Uint8Array | undefined;
  tags: Map<string, string>;
  /** Of the function itself. */
  statements: Map<string, Statement>;
  policyRevision: string;
  /** Statements by published version. */
  versions: Map<string, Map<string, Statement>>;
  url: GetFunctionUrlConfigResponse | undefined;
  codeSigningConfigArn: string | undefined;
  reservedConcurrency: number | undefined;
  /** Reads that still see Pending or InProgress; undefined once settled. */
  unsettled: number | undefined;
  environment: Record<string, string>;
}

export interface LogGroupRecord {
  group: LogGroup;
  tags: Map<string, string>;
}

export interface RegionState {
  name: string;
  apis: Map<string, ApiRecord>;
  functions: Map<string, FunctionRecord>;
  logGroups: Map<string, LogGroupRecord>;
  /** What the tagging API has seen so far: it lags behind the services. */
  tagged: Map<string, TaggedRecord>;
}

export interface TaggedRecord {
  tags: Map<string, string>;
  hiddenFor: number;
  lingersFor: number;
}

export interface RoleRecord {
  role: Role;
  /** The trust policy as sent; the role carries it URL-encoded. */
  trust: string;
  inline: Map<string, string>;
  attached: Set<string>;
  tags: Map<string, string>;
  /** Lambda calls that still cannot assume it. */
  notAssumableFor: number;
  hiddenFor: number;
}

export interface PolicyRecord {
  policy: Policy;
  versions: Map<string, PolicyVersion>;
  nextVersion: number;
  tags: Map<string, string>;
  hiddenFor: number;
  managedByAws: boolean;
  /** Users and groups that tests attach it to; the fake has no calls for them. */
  heldBy?: { users?: string[]; groups?: string[] };
}

export interface AccountState {
  roles: Map<string, RoleRecord>;
  policies: Map<string, PolicyRecord>;
  /** Instance profile name to the roles in it (one at most on AWS). */
  instanceProfiles: Map<string, Set<string>>;
  instanceProfileTags: Map<string, Map<string, string>>;
}

/** An empty region. */
export function emptyRegion(name: string): RegionState {
  return { name, apis: new Map(), functions: new Map(), logGroups: new Map(), tagged: new Map() };
}

/** An empty account. */
export function emptyAccount(): AccountState {
  return {
    roles: new Map(),
    policies: new Map(),
    instanceProfiles: new Map(),
    instanceProfileTags: new Map(),
  };
}

/** Finds something by id or throws the given error. */
export function need<T>(value: T | undefined, error: () => Error): T {
  if (value === undefined) throw error();
  return value;
}
