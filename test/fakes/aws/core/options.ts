/** Delays of eventual consistency, counted in calls so that tests stay deterministic. 0 is "at once". */
export interface Consistency {
  /** Lambda calls refused because the new role cannot be assumed yet. */
  roleAssumable: number;
  /** Reads of a new function that still say Pending. */
  functionActive: number;
  /** Reads of an updated function that still say InProgress. */
  functionUpdate: number;
  /** Reads of a new deployment that still say PENDING. */
  deploymentDone: number;
  /** Reads of a new role or policy that still say NoSuchEntity. */
  iamVisible: number;
  /** GetResources calls that do not see a new resource yet. */
  taggingVisible: number;
  /** GetResources calls that still see a deleted resource. */
  taggingLingers: number;
}

/** Service quotas; the defaults are AWS's. Lower them to reach a limit cheaply. */
export interface Quotas {
  apis: number;
  routesPerApi: number;
  integrationsPerApi: number;
  stagesPerApi: number;
  authorizersPerApi: number;
  scopesPerRoute: number;
  /** Automatic deployments an API keeps; older ones that no stage points to go. */
  autoDeployments: number;
  rolesPerAccount: number;
  policiesPerAccount: number;
  attachedPoliciesPerRole: number;
  inlinePolicySize: number;
  managedPolicySize: number;
  trustPolicySize: number;
  tagsPerResource: number;
  zipSize: number;
  functionPolicySize: number;
  concurrency: number;
}

export interface FakeAwsOptions {
  account?: string;
  region?: string;
  seed?: number;
  /** Largest page of every list, whatever the caller asks for. */
  pageSize?: number;
  quotas?: Partial<Quotas>;
  /** Enforces API Gateway's 10 requests a second, burst 40, on the clock. */
  throttle?: boolean;
  consistency?: Partial<Consistency>;
  /** Milliseconds since the epoch. Default: a clock that moves one millisecond per call. */
  clock?: () => number;
  /** Further AWS-managed policies that exist, beside the usual ones: names with their path. */
  managedPolicies?: string[];
  /** Whether API Gateway's account settings name a CloudWatch Logs role; default true. */
  accountLogsRole?: boolean;
  /** Who GetCallerIdentity says we are. */
  callerArn?: string;
}

export const DEFAULT_QUOTAS: Quotas = {
  apis: 600,
  routesPerApi: 300,
  integrationsPerApi: 300,
  stagesPerApi: 10,
  authorizersPerApi: 10,
  scopesPerRoute: 10,
  autoDeployments: 100,
  rolesPerAccount: 1000,
  policiesPerAccount: 1500,
  attachedPoliciesPerRole: 10,
  inlinePolicySize: 10_240,
  managedPolicySize: 6144,
  trustPolicySize: 2048,
  tagsPerResource: 50,
  zipSize: 50 * 1024 * 1024,
  functionPolicySize: 20 * 1024,
  concurrency: 1000,
};

export const DEFAULT_CONSISTENCY: Consistency = {
  roleAssumable: 0,
  functionActive: 0,
  functionUpdate: 0,
  deploymentDone: 0,
  iamVisible: 0,
  taggingVisible: 0,
  taggingLingers: 0,
};
