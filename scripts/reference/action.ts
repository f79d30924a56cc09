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
    "The Action plans the given stacks and posts the plan as a comment on the pull request. On `push`, `merge_group` and `workflow_dispatch` it writes the plan to the job summary; in a merge queue, `fail-on` can keep a group from being merged. Where a pull request, a merge queue, a push or a branch planned by hand removes the directory of a stack or its spec, the plan deletes everything of the stack, as the spec of the base branch (or of the commit before the push) lists it. A run that has no such commit, one by hand of the default branch, ends with `SPEC_NOT_FOUND` where it names the directory.",
    EXAMPLE,
    "## Inputs",
    table(["Input", "Meaning", "Default"], inputs),
    "## Outputs",
    table(["Output", "Value"], outputs),
    "## Comments and annotations",
    COMMENTS,
  ].join("\n\n")}\n`;
}

const COMMENTS = `One comment shows all stacks of a job and is edited by later runs. Jobs of a matrix have a comment each where stage, region,
account, \`spec\` or \`project-name\` differ, or no stack is shared. A run for an older head, or for the same head with an older
commit of the base branch (an old job that is run again), leaves the comment as it is.

Errors are annotations on their lines; GitHub shows ten per step. The job summary and the log have all of them.`;

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
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          ref: \${{ github.event.pull_request.head.sha }} # the commit that is reviewed and applied
      - uses: aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3
        with:
          role-to-assume: arn:aws:iam::123456789012:role/gatewright-plan
          aws-region: eu-west-2
      - uses: gatewright/gatewright@v0
        with:
          stage: dev
\`\`\`

[permissions.md](permissions.md) lists the permissions that the role needs.`;
