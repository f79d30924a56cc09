/** A fake GitHub, a fake AWS and a repository with stacks, for tests of the built programs. */
import { rmSync } from "node:fs";
import { createFakeAws, type FakeAws, type FakeAwsOptions } from "../fakes/aws/fake-aws.ts";
import { type ActionOptions, actionEnvironment } from "../fakes/github/action/environment.ts";
import { type ActionRun, runAction } from "../fakes/github/action/run.ts";
import type { Files } from "../fakes/github/changes/push.ts";
import { createFakeGitHub, type FakeGitHub, type FakeGitHubOptions } from "../fakes/github/fake-github.ts";
import type { PullRequest, Repository } from "../fakes/github/state/types.ts";
import { program } from "./process.ts";

export const REGION = "eu-west-2";

export interface World {
  readonly github: FakeGitHub;
  readonly repository: Repository;
  readonly aws: FakeAws;
  /** The variables that a process needs to reach this AWS. */
  readonly awsEnv: Readonly<Record<string, string>>;
  /** Runs the built Action on a pull request or a push, and removes its folders. */
  act(subject: PullRequest | Repository, options?: ActionOptions): Promise<ActionRun>;
  /** A branch with these files on top of the default branch, and its pull request. */
  pullRequest(files: Files, options?: { fork?: boolean; branch?: string }): PullRequest;
  close(): Promise<void>;
}

/** Starts both over HTTP. `close` also throws for requests that GitHub would not have understood. */
export async function startWorld(
  files: Files,
  options: { github?: FakeGitHubOptions; aws?: FakeAwsOptions } = {},
): Promise<World> {
  const github = createFakeGitHub(options.github);
  await github.listen();
  const aws = createFakeAws({ region: REGION, clock: Date.now, ...options.aws });
  const server = await aws.listen();
  const repository = github.repository("acme/shop", { files });
  const awsEnv = awsEnvironment(server.url);
  const ana = github.person("ana");
  return {
    github,
    repository,
    aws,
    awsEnv,
    act: async (subject, given = {}) => {
      const environment = actionEnvironment(github, subject, {
        checkout: true,
        ...given,
        env: { ...awsEnv, HOME: "/nonexistent", ...given.env },
      });
      const run = await runAction(program("main"), environment);
      rmSync(environment.directory, { recursive: true, force: true });
      return run;
    },
    pullRequest: (changed, { fork = false, branch = "topic" } = {}) => {
      const source = fork ? github.fork(repository, "ana") : repository;
      ana.push(source, branch, changed);
      return ana.openPullRequest(repository, { head: branch, title: "Change", headRepository: source });
    },
    close: async () => {
      await Promise.all([github.close(), server.close()]);
      if (github.violations.length > 0) throw new Error(github.violations.join("\n"));
    },
  };
}

export function awsEnvironment(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret-access-key",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nonexistent/config",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
  };
}

/** The operations that changed AWS. */
export function writes({ aws }: Pick<World, "aws">): readonly string[] {
  return aws.calls.filter(({ write }) => write).map(({ operation }) => operation);
}

export interface StackOptions {
  readonly api?: string;
  /** The URL that its integration forwards to. */
  readonly target?: string;
  readonly description?: string;
}

/** A small stack: an HTTP API with one route that is forwarded. */
export function proxyStack({
  api = "my-api",
  target = "https://example.com/",
  description,
}: StackOptions = {}): string {
  const about = description === undefined ? "" : `, Description: ${JSON.stringify(description)}`;
  return `exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: () => ({ Name: "${api}", ProtocolType: "HTTP"${about} }),
  },
  {
    type: "Integration",
    group: "ApiGatewayV2",
    properties: () => ({
      IntegrationType: "HTTP_PROXY",
      IntegrationMethod: "GET",
      IntegrationUri: "${target}",
      PayloadFormatVersion: "1.0",
    }),
    dependencies: () => ({ api: "${api}" }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /hello" }),
    dependencies: () => ({ api: "${api}", integration: "integration::${api}::${target}" }),
  },
];
`;
}

/** The same with a stage, at whose address the API can be called. */
export function stagedStack(options: StackOptions & { readonly stage?: string } = {}): string {
  const { api = "my-api", stage = "$default" } = options;
  return proxyStack(options).replace(
    /\];\n$/,
    `  {
    type: "Stage",
    group: "ApiGatewayV2",
    properties: () => ({ StageName: "${stage}", AutoDeploy: true }),
    dependencies: () => ({ api: "${api}" }),
  },
];
`,
  );
}

/** A stack whose API is named after the stage, so that stages do not share it. */
export function stackPerStage(name: string): string {
  return proxyStack({ api: "NAME" })
    .replaceAll('"NAME"', `\`${name}-\${process.env.STAGE}\``)
    .replaceAll("integration::NAME", `integration::${name}-\${process.env.STAGE}`)
    .replaceAll(/"(integration::[^"]*)"/g, "`$1`");
}

/** A function, named in the spec, whose code is the artifact `orders`, and its role. */
export function artifactStack(name = "orders"): string {
  return `exports.createResources = () => [
  { type: "Role", group: "IAM", name: "${name}-role", properties: () => ({
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" } ] } }) },
  { type: "Function", group: "Lambda", name: "${name}",
    properties: () => ({ Runtime: "nodejs22.x", Handler: "handler.handler", Code: { Artifact: "orders" } }),
    dependencies: () => ({ role: "${name}-role" }) },
];
`;
}

export const PACKAGE = JSON.stringify({ name: "@acme/shop", private: true });
