import { SFN } from "@aws-sdk/client-sfn";
import { expect, it } from "vitest";
import { account, refusal, trust } from "../testing.ts";

const definition = '{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}';
const other = '{"StartAt":"End","States":{"End":{"Type":"Succeed"}}}';

async function withRole() {
  const { fake, iam } = account();
  const made = await iam.createRole({
    RoleName: "flow",
    AssumeRolePolicyDocument: trust("states.amazonaws.com"),
  });
  return { sfn: new SFN({ ...fake.clientConfig(), maxAttempts: 1 }), roleArn: made.Role?.Arn };
}

it("SM-01 the same settings give the machine that is there, others are refused", async () => {
  const { sfn, roleArn } = await withRole();
  const { stateMachineArn } = await sfn.createStateMachine({ name: "flow", definition, roleArn });
  expect((await sfn.createStateMachine({ name: "flow", definition, roleArn })).stateMachineArn).toBe(
    stateMachineArn,
  );
  expect(await refusal(sfn.createStateMachine({ name: "flow", definition: other, roleArn }))).toMatch(
    /^StateMachineAlreadyExists/,
  );
});

it("SM-02 an update keeps what it is not sent, and has to be sent something", async () => {
  const { sfn, roleArn } = await withRole();
  const { stateMachineArn } = await sfn.createStateMachine({
    name: "flow",
    definition,
    roleArn,
    tracingConfiguration: { enabled: true },
  });
  await sfn.updateStateMachine({ stateMachineArn, definition: other });
  expect(await sfn.describeStateMachine({ stateMachineArn })).toMatchObject({
    definition: other,
    tracingConfiguration: { enabled: true },
  });
  expect(await refusal(sfn.updateStateMachine({ stateMachineArn }))).toMatch(/^MissingRequiredParameter/);
});

it("SM-03 a machine that is being deleted keeps its name", async () => {
  const { sfn, roleArn } = await withRole();
  const { stateMachineArn } = await sfn.createStateMachine({ name: "flow", definition, roleArn });
  await sfn.deleteStateMachine({ stateMachineArn });
  expect(await refusal(sfn.createStateMachine({ name: "flow", definition, roleArn }))).toMatch(
    /^StateMachineDeleting/,
  );
});
