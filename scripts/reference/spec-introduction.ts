/** The part of `docs/spec.md` that does not come from the types. */
export const SPEC_INTRODUCTION = `# The spec

A stack is described by one file, \`resources.js\` (or \`.mjs\`, \`.ts\`, \`.cjs\`, \`.mts\`, \`.cts\`), and the files that
it requires. It exports a function that returns a list of resources:

\`\`\`js
/** @type {import("gatewright").CreateResources} */
exports.createResources = () => [
  {
    type: "Api",
    group: "ApiGatewayV2",
    properties: ({ config }) => ({ Name: "orders", ProtocolType: "HTTP", Tags: { team: config.team } }),
  },
  {
    type: "Route",
    group: "ApiGatewayV2",
    properties: () => ({ RouteKey: "GET /orders" }),
    dependencies: () => ({ api: "orders", integration: "integration::orders::list-orders" }),
  },
];
\`\`\`

Specs written for GruCloud work unchanged. Both of its dialects are accepted, and may be mixed: the older one (a \`name\` field, flat
Lambda properties) and the current one (the name among the properties, Lambda properties in \`Configuration\`).

## Entries

| Field | Value |
| --- | --- |
| \`group\`, \`type\` | The resource type: \`ApiGatewayV2\`, \`Api\`. **required** |
| \`name\` | The name in the spec, if the properties do not give it: text, or a function of \`({ config })\`. A name that contradicts the properties is an error. |
| \`properties\` | A function of \`({ config, getId, generatePassword, multiline })\`, or an object: the input of the AWS SDK's create call, without what the dependencies provide. A missing value, \`""\`, \`[]\` and \`{}\` mean the same to AWS. |
| \`dependencies\` | A function of \`({ config })\`, or an object. The value of each key is a name, a list of names, or \`{name}\`. The keys depend on the type. |
| \`readOnly\` | \`true\`: the resource must exist. It can be referred to, and is never changed. |
| \`namespace\` | A label for your own use. |

Gatewright reports unknown or misspelled properties and dependencies, values of the wrong kind and references to missing resources
all at once, with file and line, before it calls AWS. [errors.md](errors.md) explains every error code.

## Arguments of functions

- \`config\`: what \`config.js\` beside the spec returns (it receives \`{ stage, region, partition, accountId }\`), plus
  \`projectName\` (from \`config.js\`, else the \`name\` in \`package.json\`), \`stage\`, \`region\`, \`partition\` and
  \`accountId()\`.
- \`config.parameter("/shop/dev/table")\` and \`config.secret("/shop/dev/stripe")\`: a value of Parameter Store or Secrets Manager, as text
  that may be part of a longer text. See [Values and secrets](#values-and-secrets).
- \`getId({ type, group, name, path, suffix })\`: a live value of another resource in the spec, as text that may be part of a longer
  text. \`path\` is \`"id"\` (the default) or \`"live."\` followed by an attribute: one of those listed below, or any member of
  AWS's answer. \`suffix\` is appended. The other resource is created first.
- \`generatePassword({ length })\`: a password. It is generated when the resource is created, and never compared or shown.
- \`multiline\`: text over several lines, without the indentation that all lines share.

In an editor, \`/** @returns {import("gatewright").Resource[]} */\` before \`createResources\` (in TypeScript \`(): Resource[] =>\`) completes types,
properties, dependencies and the arguments of \`getId\`, and marks wrong values, what is missing and misspelled keys. Of the result of a function
TypeScript does not check the keys, unless its type is given: write \`properties\` that need nothing given to them as an object, and before others
\`/** @returns {import("gatewright").ApiGatewayV2ApiProperties} */\`. Every plan finds them all. \`@type {import("gatewright").CreateResources}\` also gives types to
the argument of \`createResources\`, but is such a function itself: no keys are checked.

## The sandbox

A spec is evaluated in a sandbox. It has no network, can read only the files beside it, and can require only \`rubico\` and \`path\`.
\`process.env\` contains \`STAGE\`, \`AWS_REGION\` and the variables that the stage allows. The clock is fixed, and the random
generator is seeded. The only readable file outside the spec's directory is the \`package.json\` in its
parent directory.

## Values and secrets

\`\`\`js
properties: ({ config }) => ({
  Configuration: {
    FunctionName: "orders",
    Environment: {
      Variables: {
        TABLE: config.parameter(\`/shop/\${config.stage}/table\`),
        STRIPE_KEY: config.secret("/shop/stripe"),
        DB_PASSWORD: config.secret("shop/db", { key: "password" }), // of a secret that is a JSON object
      },
    },
  },
}),
\`\`\`

The spec gets a placeholder and never sees the value. It is read when the stack is planned, in the stage's account and region, and compared with what
AWS has; a value that was rotated is an update in the next plan. It is masked in every output, whatever property it is in, and stored nowhere. Its
version is part of the plan's id, so that a reviewed plan is refused when the value has changed since. A name in AWS cannot be built with it. In what \`JSON.stringify\` makes it is
escaped as JSON wants it. The role that
plans must be allowed to read it ([permissions.md](permissions.md)).

Inside a workflow, GitHub's runner is told to hide every secret that is read, and the values of an origin's headers, in the job's log. A secret of fewer than six characters
is hidden where it is the whole of a property's value, or a word of a message, and not inside other texts; a single character, two digits, \`true\`, \`false\` and \`null\` only where
the spec takes them from the secret. An older value that AWS still has is hidden while the
spec, or the base branch's, takes that property from a secret; when neither does, nothing tells that it was one.

A function that gets a secret in a variable shows it to everybody who may read the function's configuration; to read it from Secrets Manager
while it runs is safer. A parameter that the same spec makes is referred to with \`getId\`.

## Code of functions

A \`Lambda::Function\` without \`Code\` gets its code from the folder with its name beside the spec. The ZIP file is always built
the same way, so only a changed file changes the function. A \`.gatewrightignore\` in the folder, written like a \`.gitignore\`, keeps files out
of it.

The plan warns of what would only fail when the function is called: a handler whose file or export is not there, TypeScript
sources, module syntax in a CommonJS file, packages that are neither in the folder nor part of the runtime, and of keys and \`.env\` files.

## Deployments

A stage with \`AutoDeploy: true\` serves every change at once. Every other stage gets a new deployment whenever something that it
serves changes. You do not need an \`ApiGatewayV2::Deployment\` in the spec, but you can write one.`;
