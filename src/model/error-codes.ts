/**
 * Every error code with what it means and what to do: docs/errors.md is made from it, and a test holds it equal to the
 * codes that src/ and bot/ use. Long because it is one table.
 */
export interface ErrorCode {
  readonly meaning: string;
  readonly whatToDo: string;
}

export const errorCodes: Readonly<Record<string, ErrorCode>> = {
  AWS_ACCESS_DENIED: {
    meaning: 'AWS denies a call. A denied read is never taken for "nothing there".',
    whatToDo: "Allow the action that the error names; docs/permissions.md lists all.",
  },
  AWS_CREDENTIALS_EXPIRED: {
    meaning: "The credentials have expired.",
    whatToDo: "Sign in or assume the role again, then run the same command.",
  },
  AWS_CREDENTIALS_REFUSED: {
    meaning: "AWS does not know the credentials.",
    whatToDo: "Check key, session token and partition.",
  },
  AWS_ERROR: {
    meaning: "AWS refuses a call for a reason of its own, which the error tells with AWS's code.",
    whatToDo: "Mend the spec or the account and run the same command.",
  },
  AWS_NO_CREDENTIALS: {
    meaning: "No credentials were found.",
    whatToDo: "Add aws-actions/configure-aws-credentials, or set AWS_PROFILE or the keys.",
  },
  AWS_THROTTLED: {
    meaning: "AWS throttles, and went on after all attempts.",
    whatToDo: "Wait a minute and run the same command: what was done is kept.",
  },
  AWS_UNREACHABLE: {
    meaning: "AWS could not be reached.",
    whatToDo: "Check network, region and AWS_ENDPOINT_URL.",
  },
  AWS_WRONG_ACCOUNT: {
    meaning: "The credentials are for another account than the stage's.",
    whatToDo: "Use the credentials of the account that the error names.",
  },
  BASE_UNREADABLE: {
    meaning:
      "Notice: the base branch could not be read. Resources that left the spec are found only where they are tagged or referred to, and drift is not reported.",
    whatToDo: "Give the job `permissions: contents: read`.",
  },
  BOT_CONFIG_INVALID: {
    meaning: "A setting of the bot's environment is missing or not accepted.",
    whatToDo: "Correct it; docs/bot.md lists all.",
  },
  BOT_CONFIG_KEY: {
    meaning: "The App's private key is missing or not readable.",
    whatToDo: "Give PRIVATE_KEY or PRIVATE_KEY_PATH.",
  },
  BOT_CONFIG_SECRET: {
    meaning: "The webhook secret is missing or guessable, so anybody could send commands.",
    whatToDo: "Set WEBHOOK_SECRET to the App's, long and random.",
  },
  CODE_CHANGED: {
    meaning: "A file of a function vanished while it was read.",
    whatToDo: "Run the same command again.",
  },
  CODE_FILE_NAME: {
    meaning: "A file of a function has a name that an archive cannot hold.",
    whatToDo: "Rename the file.",
  },
  CODE_FOLDER_EMPTY: {
    meaning: "The folder of a function's code holds no file.",
    whatToDo: "Put the code there, or give `Code`.",
  },
  CODE_FOLDER_MISSING: {
    meaning: "A function without `Code` has no folder of its name beside the spec.",
    whatToDo: "Make the folder, or give `Code`.",
  },
  CODE_TOO_LARGE: {
    meaning: "A function's folder is larger than Lambda accepts.",
    whatToDo: "Leave out what it does not need, use layers, or give `Code.S3Bucket` or `Code.ImageUri`.",
  },
  CONFIG_INVALID: {
    meaning: "`config.js` does not give an object.",
    whatToDo: "Export an object, or a function that returns one.",
  },
  COMMAND_INVALID: {
    meaning: "A command in a comment has an option or argument that it does not take, or lacks one.",
    whatToDo: "Correct it as the answer shows; `/help` lists all commands.",
  },
  COMMAND_SEVERAL: {
    meaning: "A comment holds two commands. Neither was run.",
    whatToDo: "Send one command per comment.",
  },
  COMMAND_UNKNOWN: {
    meaning: "A comment holds something that looks like a misspelt command.",
    whatToDo: "Send the command that the answer suggests; `/help` lists all.",
  },
  COMMENT_FORBIDDEN: {
    meaning: "Notice: the token may not write comments. The plan is in the job summary.",
    whatToDo: "Give the job `permissions: pull-requests: write`.",
  },
  COMMENT_FORK: {
    meaning:
      "Notice: the pull request comes from a fork, whose token may only read. The plan is in the job summary.",
    whatToDo: "Nothing; or use `pull_request_target` with `source: api`, as docs/action.md shows.",
  },
  COMMENT_NO_TOKEN: {
    meaning: "Notice: there is no `github-token` to comment with. The plan is in the job summary.",
    whatToDo: "Leave the input at its default, or give a token.",
  },
  COMMENT_OVERTAKEN: {
    meaning: "Notice: a newer commit was pushed while this one was planned, so its plan is not commented.",
    whatToDo: "Nothing: the newer commit's run writes the comment.",
  },
  CONFIRMATION_NEEDED: {
    meaning: "A change needs a yes, and there is no terminal to ask at.",
    whatToDo: "Pass `--yes`.",
  },
  DATABASE_FOLDER: {
    meaning: "The bot's data folder cannot be made or locked.",
    whatToDo: "Make it writable and see that its disk has space.",
  },
  DATABASE_LOCKED: {
    meaning: "The bot's data folder is in use by another bot.",
    whatToDo: "Stop the other one, or give each its own folder; several replicas share one DATABASE_URL.",
  },
  DATABASE_NEWER: {
    meaning: "The database was used by a newer version of the bot.",
    whatToDo: "Start that version, or give this one a database of its own.",
  },
  DATABASE_UNAVAILABLE: {
    meaning: "The database does not answer.",
    whatToDo: "Check DATABASE_URL and that the server can be reached.",
  },
  DEADLINE: {
    meaning:
      "Something that AWS does in its own time did not happen in time; the error says what was awaited.",
    whatToDo: "Look at the resource in AWS, then run the same command: what was done is kept.",
  },
  DEFAULT_UNSUPPORTED: {
    meaning: "`isDefault` on a type of which AWS makes no default.",
    whatToDo: "Name the resource, with `readOnly: true` when it is not yours.",
  },
  DEPENDENCY_INVALID: {
    meaning: "A dependency that is no name, or several where there can be one.",
    whatToDo: "Write a name, a list of names, or `{name}`.",
  },
  DEPENDENCY_MISSING: {
    meaning: "A dependency without which the resource cannot be made.",
    whatToDo: "Add it, as the error shows.",
  },
  DEPENDENCY_NOT_FOUND: {
    meaning: "A dependency names a resource that is not in the spec.",
    whatToDo: "Correct the name, or add the resource (with `readOnly: true` when it is not yours).",
  },
  DEPENDENCY_UNKNOWN: {
    meaning: "A key of `dependencies` that the type does not have.",
    whatToDo: "Correct it; the error lists the keys of the type.",
  },
  DEPLOYMENT_FAILED: {
    meaning: "API Gateway could not make a deployment. The stage still serves what it served before.",
    whatToDo: "Mend what AWS names and apply again.",
  },
  DEPLOYMENT_WITHOUT_ROUTE: {
    meaning: "A deployment of an Api that has no route, which API Gateway refuses.",
    whatToDo: "Add a Route, or remove the Deployment.",
  },
  DIRECTORY_NOT_FOUND: {
    meaning: "The stack's directory is not there.",
    whatToDo: "Name a directory that holds a spec.",
  },
  DRIFT: {
    meaning: "Warning: AWS differs from the spec that was last applied; somebody changed it by hand.",
    whatToDo: "Apply to set it right, or put the change into the spec.",
  },
  EMPTY_PERMISSION: {
    meaning: "A `Lambda::Permission` that allows nothing.",
    whatToDo: "Give `Permissions`, or the APIs as `apiGatewayV2Apis`.",
  },
  ENTRY_INVALID: {
    meaning: "An entry of the spec is not an object, or one of its fields has the wrong kind of value.",
    whatToDo: "Write `{type, group, properties, dependencies}` as the error shows.",
  },
  FILE_NOT_WRITABLE: {
    meaning: "The plan file cannot be written.",
    whatToDo: "Give a path in a directory that exists.",
  },
  FOREIGN_RESOURCE: {
    meaning: "AWS has a resource of this name that is not tagged as ours. It is not touched.",
    whatToDo: "Rename yours, or take it over with `adopt`.",
  },
  FUNCTION_FAILED: {
    meaning: "Lambda could not bring a function into its new state.",
    whatToDo: "Mend what the message names and apply again.",
  },
  GATE_CLOSED: {
    meaning: "A gate that was open at the command had closed before the first write. Nothing was changed.",
    whatToDo: "Do what the gate asks for, then send the command again.",
  },
  GATE_PERMISSION: {
    meaning: "Whoever sent the command may not do that here.",
    whatToDo: "Ask somebody with write permission.",
  },
  GITHUB_ERROR: {
    meaning: "GitHub answers with an error.",
    whatToDo: "Read its message; try again later when it is GitHub's own fault.",
  },
  GITHUB_FORBIDDEN: {
    meaning: "The token may not do this.",
    whatToDo: "Give the job the permission that the error names.",
  },
  GITHUB_NOT_FOUND: {
    meaning: "GitHub does not have what was asked for, or hides it from this token.",
    whatToDo: "Check repository, commit and the token's access.",
  },
  GITHUB_RATE_LIMITED: {
    meaning: "The token's request quota is used up.",
    whatToDo: "Wait until the time that the error tells.",
  },
  GITHUB_TOKEN_REFUSED: {
    meaning: "GitHub does not accept the token.",
    whatToDo: "Give a valid token.",
  },
  GITHUB_UNREACHABLE: {
    meaning: "GitHub could not be reached.",
    whatToDo: "Check the network and GITHUB_API_URL.",
  },
  HEAD_MOVED: {
    meaning: "The pull request got new commits after the command. Nothing was changed.",
    whatToDo: "Review the new plan and apply that one.",
  },
  INPUT_INVALID: {
    meaning: "An input of the Action has a value that is not accepted.",
    whatToDo: "Correct it; docs/action.md lists the inputs.",
  },
  INTERNAL: {
    meaning: "A mistake of Gatewright's own.",
    whatToDo: "Report it with the whole message.",
  },
  INTERNAL_NO_LIVE: {
    meaning: "A mistake of Gatewright's own: a step without the resource it is about.",
    whatToDo: "Report it with the whole message.",
  },
  INTERNAL_UNKNOWN_DEPENDENCY: {
    meaning: "A mistake of Gatewright's own: a dependency that the loader let through.",
    whatToDo: "Report it with the whole message.",
  },
  INTERNAL_UNKNOWN_LEFT: {
    meaning: "A mistake of Gatewright's own: a value that should be known was not. Nothing was written.",
    whatToDo: "Report it with the whole message.",
  },
  LOCKED: {
    meaning: "Somebody else holds the stack's lock.",
    whatToDo: "Wait until it is released, or ask who holds it; `/status` tells.",
  },
  LOCK_LOST: {
    meaning: "The stack's lock was taken away while a run was under way. Nothing was changed after that.",
    whatToDo: "Look at what was done, plan again and apply the rest.",
  },
  MARKER_BROKEN: {
    meaning: "What `getId` or `generatePassword` returned was cut, split or changed.",
    whatToDo: "Put it into a longer text as it is.",
  },
  MARKER_MISPLACED: {
    meaning: "`getId` or `generatePassword` was used where text must be known before anything exists.",
    whatToDo: "Use them in properties only.",
  },
  MULTILINE_INVALID: {
    meaning: "`multiline` was given something that holds no text.",
    whatToDo: "Give it a template or a function with the text in a comment.",
  },
  NAME_AMBIGUOUS: {
    meaning: "A short name that several resources answer to.",
    whatToDo: "Write the whole name, as the error lists them.",
  },
  NAME_CONTRADICTION: {
    meaning: "`name` says something else than the property that holds the name.",
    whatToDo: "Leave one of the two out.",
  },
  NAME_DUPLICATE: {
    meaning: "Two resources of one type have the same name.",
    whatToDo: "Remove one, or give it another name. The error tells both places.",
  },
  NAME_INVALID: {
    meaning: "A name that is not plain text, such as one made with `getId`.",
    whatToDo: "Write the name as text: it must be known before anything exists.",
  },
  NAME_MISSING: {
    meaning: "A resource whose name cannot be told.",
    whatToDo: "Give the property that holds its name, or `name`.",
  },
  NOTHING_TO_CANCEL: {
    meaning: "No run of the pull request is queued or under way.",
    whatToDo: "`/status` shows what runs elsewhere.",
  },
  NO_PERMISSION_FOR_API: {
    meaning: "Warning: an integration or authorizer calls a function that API Gateway may not invoke.",
    whatToDo: "Add a `Lambda::Permission` for `apigateway.amazonaws.com`, or give the caller a role.",
  },
  NO_REGION: {
    meaning: "No AWS region is set.",
    whatToDo: "Set the region as the error shows.",
  },
  NO_STACKS: {
    meaning: "The `directory` input matches no directory with a spec.",
    whatToDo: "Name directories that hold `resources.js`.",
  },
  OPTION_INVALID: {
    meaning: "An option has a value that is not accepted.",
    whatToDo: "Correct it as the error shows.",
  },
  PASSWORD_INVALID: {
    meaning: "`generatePassword` was asked for an impossible length.",
    whatToDo: "Ask for 8 to 1024 characters.",
  },
  PLAN_BLOCKED: {
    meaning: "The plan has a problem that keeps it from being applied.",
    whatToDo: "Solve the problem that the error names.",
  },
  PLAN_NOT_REVIEWED: {
    meaning: "The plan of a merge is not the one that was reviewed. Nothing was changed.",
    whatToDo: "Look at the new plan and apply it, or set `apply: on-merge` for the stage.",
  },
  PLAN_STALE: {
    meaning: "The plan that was to be applied is not the plan any more: spec or AWS changed since.",
    whatToDo: "Look at the new plan and apply that one.",
  },
  PORT_UNAVAILABLE: {
    meaning: "The bot cannot listen where its environment says.",
    whatToDo: "End what listens there, or set HOST and PORT to a free place.",
  },
  PROJECT_NAME_MISSING: {
    meaning: "The project has no name, which tags need.",
    whatToDo: "Give projectName in config.js, name in package.json, or the project-name input.",
  },
  PROPERTY_CONTRADICTION: {
    meaning: "A property is written in two places with different values.",
    whatToDo: "Leave one of them out.",
  },
  PROPERTY_INVALID: {
    meaning: "A property has a value that AWS would refuse.",
    whatToDo: "The error says what is accepted.",
  },
  PROPERTY_MISSING: {
    meaning: "A property without which the resource cannot be made.",
    whatToDo: "Add it; the error says what is accepted.",
  },
  PROPERTY_UNKNOWN: {
    meaning: "A property that the type does not have, or not at that place.",
    whatToDo: "The error names the nearest one, or where it belongs.",
  },
  PULL_CLOSED: {
    meaning: "The pull request is closed or merged.",
    whatToDo: "Open a new pull request.",
  },
  PULL_CONFLICTS: {
    meaning: "The branch conflicts with its base.",
    whatToDo: "Resolve the conflicts, then look at the new plan.",
  },
  PULL_DRAFT: {
    meaning: "The pull request is a draft.",
    whatToDo: "Mark it ready for review first.",
  },
  PROJECT_SHARED: {
    meaning: "Two stacks of a stage have the same project name: each would delete what the other made.",
    whatToDo: "Give each stack's directory a package.json or config.js with a name of its own.",
  },
  PULL_FORK: {
    meaning: "The branch belongs to a fork, which is never applied.",
    whatToDo: "Push it to a branch of this repository.",
  },
  QUOTA_EXCEEDED: {
    meaning: "The spec is over a fixed quota of AWS, which the error names.",
    whatToDo: "Stay below it: split the API, or shorten the time.",
  },
  READ_ONLY_MISSING: {
    meaning: "A `readOnly` resource does not exist.",
    whatToDo: "Make it first, outside of this stack, or remove `readOnly`.",
  },
  READ_ONLY_PARENT: {
    meaning: "Something would be made inside a resource that is only read and not ours.",
    whatToDo: "Adopt the parent, or leave the resource out.",
  },
  REFERENCE_CYCLE: {
    meaning: "Resources need each other in a circle, so that none could be made first.",
    whatToDo: "Remove one of the references on the way that the error tells.",
  },
  REFERENCE_INVALID: {
    meaning:
      "A `getId` that is not complete, asks for an unknown type, or has a path other than `id` and `live.…`.",
    whatToDo: "Write `getId({type, group, name, path})` as the error shows.",
  },
  REFERENCE_NOT_FOUND: {
    meaning: "A `getId` names a resource that is not in the spec.",
    whatToDo: "Correct the name; the error tells the nearest.",
  },
  REFERENCE_PATH_UNKNOWN: {
    meaning: "A `getId` asks for an attribute that the live resource does not have.",
    whatToDo: "Use one of those that the error lists.",
  },
  REQUIRE_FORBIDDEN: {
    meaning:
      "A `require` of something a spec may not have: a package of Node, or any but `rubico` and `path`.",
    whatToDo: "Put what you need into a file beside the spec.",
  },
  REQUIRE_INVALID: {
    meaning: "A `require` of something that is no text.",
    whatToDo: "Give it a path.",
  },
  REQUIRE_NOT_FOUND: {
    meaning: "A `require` of a file that is not there.",
    whatToDo: "Correct the path: it is relative to the requiring file.",
  },
  REQUIRE_OUTSIDE: {
    meaning: "A `require` that leaves the spec's directory.",
    whatToDo: "Move the file into it. `../../package.json` is the one exception.",
  },
  REQUIRE_SYMLINK: {
    meaning: "A `require` of a symbolic link that leads out of the spec's directory.",
    whatToDo: "Put the file itself there.",
  },
  RESOURCE_GONE: {
    meaning: "A resource was deleted by somebody else between plan and apply.",
    whatToDo: "Plan again: the new plan makes it anew.",
  },
  REVISION_NOT_FOUND: {
    meaning: "A revision that is no commit of the repository.",
    whatToDo: "Give a branch, tag or commit that is there; in a shallow clone fetch it first.",
  },
  ROLE_NOT_ALLOWED: {
    meaning: "The bot's configuration has no role for this repository and stage.",
    whatToDo: "Add it to GATEWRIGHT_ROLES.",
  },
  RUN_CANCELLED: {
    meaning: "The run was cancelled before its first step.",
    whatToDo: "Send the command again when it is wanted after all.",
  },
  RUN_HANDED_BACK: {
    meaning: "The process of the bot ended. The run goes on in another one, or when it starts again.",
    whatToDo: "Wait; nothing has to be done.",
  },
  RUN_READ_ONLY: {
    meaning: "A mistake of Gatewright's own: a run that only reads was about to write.",
    whatToDo: "Report it with the whole message.",
  },
  RUN_STATE: {
    meaning: "A mistake of Gatewright's own: a run went from a state to one that cannot follow.",
    whatToDo: "Report it with the whole message.",
  },
  RUN_TAKEN_OVER: {
    meaning: "Another process of the bot has taken the run over and carries on from what AWS has.",
    whatToDo: "Wait for its report.",
  },
  RUN_UNKNOWN: {
    meaning: "The run is not stored any more.",
    whatToDo: "Send the command again.",
  },
  SETTINGS_INVALID: {
    meaning: "`.github/gatewright.yml` holds a value that is not accepted.",
    whatToDo: "Correct the line that the error names.",
  },
  SETTINGS_SYNTAX: {
    meaning: "`.github/gatewright.yml` is not YAML.",
    whatToDo: "Mend the line that the error names.",
  },
  SEVERAL_LIVE: {
    meaning: "AWS has several resources where one is expected.",
    whatToDo: "Delete or rename all but one; the error tells their ids.",
  },
  SOURCE_CHECKOUT: {
    meaning:
      "Warning: under `pull_request_target` the working copy is usually the base branch, not the pull request.",
    whatToDo: "Set `source: api`: the files of the pull request are then read without checking them out.",
  },
  SOURCE_LFS: {
    meaning: "A file is kept in Git LFS, and the commit holds only a pointer to it.",
    whatToDo: "Read from a checkout with `lfs: true` instead of the API.",
  },
  SOURCE_OUTSIDE: {
    meaning: "A path that leaves the repository.",
    whatToDo: "Use a relative path inside it.",
  },
  SOURCE_SUBMODULE: {
    meaning: "A file is in a Git submodule, which is not read.",
    whatToDo: "Put the file into this repository.",
  },
  SOURCE_SYMLINK: {
    meaning: "A symbolic link that leads out of the repository or to itself.",
    whatToDo: "Put the file itself there.",
  },
  SPEC_CRASHED: {
    meaning: "The sandbox gave up, as very deep nesting can make it.",
    whatToDo: "Simplify the spec; report it when it is an ordinary one.",
  },
  SPEC_MEMORY: {
    meaning: "The spec used more memory than it may.",
    whatToDo: "Look for something that grows without end.",
  },
  SPEC_NOT_ARRAY: {
    meaning: "`createResources` did not return an array.",
    whatToDo: "Return the list of resources.",
  },
  SPEC_NOT_FOUND: {
    meaning: "There is no spec in the stack's directory.",
    whatToDo: "Add `resources.js`, or name the file with the `spec` input.",
  },
  SPEC_NOT_JSON: {
    meaning: "A property holds what JSON cannot: a function, a symbol, a circle.",
    whatToDo: "Return plain data.",
  },
  SPEC_NO_CREATE_RESOURCES: {
    meaning: "The spec does not export `createResources`.",
    whatToDo: "Write `exports.createResources = () => [...]`.",
  },
  SPEC_PENDING: {
    meaning: "The spec waits for a promise that nothing can settle.",
    whatToDo: "Return plain values: there are no timers and no network in a spec.",
  },
  SPEC_STACK_OVERFLOW: {
    meaning: "A function of the spec calls itself without end.",
    whatToDo: "Look at the functions that the error names.",
  },
  SPEC_SYNTAX: {
    meaning: "The spec is not valid JavaScript or TypeScript.",
    whatToDo: "Mend the place that the error names.",
  },
  SPEC_TAMPERED: {
    meaning: "The spec changed built-in objects so that its result cannot be read.",
    whatToDo: "Leave Object, Array, JSON and Promise as they are.",
  },
  SPEC_THROWN: {
    meaning: "The spec threw an error of its own.",
    whatToDo: "Mend what the message says, at the place that the error names.",
  },
  SPEC_TIMEOUT: {
    meaning: "The spec did not end in time.",
    whatToDo: "Look for an endless loop.",
  },
  SPEC_TOO_LARGE: {
    meaning: "The spec gives more resources, text or nesting than can be meant.",
    whatToDo: "Split it into stacks.",
  },
  STACK_UNKNOWN: {
    meaning: "A command names a directory that is no stack of the stage, or the stage has none.",
    whatToDo: "Name one that the error lists.",
  },
  STAGE_KEEPS_SERVING: {
    meaning:
      "A stage without AutoDeploy whose Api has lost its last route. AWS deploys nothing without a route, so callers still get what was deployed before.",
    whatToDo: "Delete the Stage to end that, or give the Api a Route.",
  },
  STAGE_NEEDED: {
    meaning: "The repository has several stages, and the command names none.",
    whatToDo: "Add `-s` and the stage.",
  },
  STAGE_UNKNOWN: {
    meaning: "A stage that the repository's settings do not have.",
    whatToDo: "Name one that the error lists.",
  },
  TYPE_UNKNOWN: {
    meaning: "A `group` and `type` that Gatewright does not know. All of a spec's are told in one error.",
    whatToDo: "Correct the spelling; the error names the nearest types. docs/spec.md lists all.",
  },
  UNSUPPORTED_STATEMENT: {
    meaning: "A statement of a function's `Policy` that no call of AWS can add.",
    whatToDo: "Write statements that allow one action to one principal.",
  },
  USAGE: {
    meaning: "The command line is not understood.",
    whatToDo: "`gatewright --help` shows the commands.",
  },
  WORKFLOW_NO_SERVER: {
    meaning:
      "`/lock`, `/unlock` or `/cancel` was sent where the bot runs inside a workflow, which keeps nothing.",
    whatToDo: "Cancel the workflow run on the Actions page, or run the bot as a server.",
  },
  WORKFLOW_ONLY: {
    meaning: "The bot's workflow mode was started outside of a GitHub workflow.",
    whatToDo: "Use it as an action in a workflow, or start the server.",
  },
  WORKFLOW_TOKEN: {
    meaning: "The bot's workflow mode has no token.",
    whatToDo: "Leave `github-token` at its default, or give an App's token.",
  },
};
