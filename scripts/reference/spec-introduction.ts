/** The part of `docs/spec.md` that does not come from the types. */
export const SPEC_INTRODUCTION = `# The spec

A stack is described by one file, \`resources.js\` (or \`.mjs\`, \`.ts\`), and what it requires. It exports a function that
returns a list of resources:

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

Specs written for GruCloud work unchanged, in its old form (a \`name\` field, flat Lambda properties) and in its current one
(the name among the properties, Lambda properties under \`Configuration\`), also mixed.

## Entries

| Field | Value |
| --- | --- |
| \`group\`, \`type\` | The resource type: \`ApiGatewayV2\`, \`Api\`. **required** |
| \`name\` | The name in the spec, where the properties do not give it: text, or a function of \`({ config })\`. A name that contradicts the properties is an error. |
| \`properties\` | A function of \`({ config, getId, generatePassword, multiline })\`, or an object: what the AWS SDK's create call takes, less what dependencies give. Absent, \`""\`, \`[]\` and \`{}\` mean the same to AWS. |
| \`dependencies\` | A function of \`({ config })\`, or an object: for each key of the type a name, a list of names, or \`{name}\`. |
| \`readOnly\` | \`true\`: it must exist, is only referred to and never changed. |
| \`namespace\` | A label of your own. |

Unknown or misspelt properties and dependencies, wrong kinds of values and names that nothing has are errors, all reported
at once with file and line before anything is asked of AWS. [errors.md](errors.md) explains every code.

## What functions are given

- \`config\`: what \`config.js\` beside the spec returns (it is given \`{ stage, region, partition, accountId }\`), and
  \`projectName\` (of config.js, else the \`name\` of package.json), \`stage\`, \`region\`, \`partition\` and \`accountId()\`.
- \`getId({ type, group, name, path, suffix })\`: a live value of another resource of the spec, as text that may stand inside a
  longer text. \`path\` is \`"id"\` (without it) or \`"live."\` and an attribute: those listed below, or any member of AWS's answer.
  \`suffix\` is appended. The resource it names is made first.
- \`generatePassword({ length })\`: a password, made when the resource is created, never compared and never shown.
- \`multiline\`: text over several lines without the indentation the lines share.

In an editor, \`/** @type {import("gatewright").CreateResources} */\` in front of \`createResources\` completes types, properties,
dependencies and what \`getId\` takes, and marks wrong values. (TypeScript does not look for misspelt keys in what a function
returns; they are found where properties are written as objects, and by every plan. What makes entries, such as the function
of a \`map\`, says so itself: \`/** @returns {import("gatewright").Resource} */\`.)

## Where it runs

A spec is evaluated in a sandbox: no network, no files but those beside it, no packages but \`rubico\` and \`path\`,
\`process.env\` with \`STAGE\`, \`AWS_REGION\` and what the stage allows, a stopped clock and fixed dice. \`require("../package.json")\`
is the one file outside of the spec's directory that may be read.

## Code of functions

A \`Lambda::Function\` without \`Code\` takes its code from the folder with its name beside the spec, zipped the same way every
time, so that only a change of a file is a change.

## Deployments

A stage with \`AutoDeploy: true\` serves every change at once. Any other stage gets a deployment whenever something that it
serves changes; an \`ApiGatewayV2::Deployment\` in the spec is possible and not needed.`;
