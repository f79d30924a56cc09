/** `docs/action.md`: inputs and outputs of the Action. Pure. */
import { INPUTS } from "../../src/action/inputs.ts";
import { OUTPUTS } from "../../src/action/outputs.ts";
import { code, MADE_BY, table } from "./markdown.ts";

export function actionText(): string {
  const inputs = Object.entries(INPUTS).map(([name, { description, default: value }]) => [
    code(name),
    description,
    value === "" ? "" : code(value),
  ]);
  const outputs = Object.entries(OUTPUTS).map(([name, description]) => [code(name), description]);
  return `${[
    MADE_BY,
    "# The Action",
    "The Action plans the given stacks and posts the plan as a comment on the pull request. On `push` and `workflow_dispatch` it writes the plan to the job summary.",
    EXAMPLE,
    "## Inputs",
    table(["Input", "Meaning", "Default"], inputs),
    "## Outputs",
    table(["Output", "Value"], outputs),
  ].join("\n\n")}\n`;
}

const EXAMPLE = `\`\`\`yaml
on: pull_request
permissions:
  contents: read
  pull-requests: write
  id-token: write
jobs:
  plan:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: aws-actions/configure-aws-credentials@v5
        with:
          role-to-assume: arn:aws:iam::123456789012:role/gatewright-plan
          aws-region: eu-west-2
      - uses: gatewright/gatewright@v0
        with:
          stage: dev
\`\`\`

[permissions.md](permissions.md) lists the permissions that the role needs.`;
