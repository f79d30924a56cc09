/**
 * Every error code with its meaning and what to do about it. docs/errors.md is generated from it, and a test keeps it equal to
 * the codes that src/ and bot/ use. Long because it is one table.
 */
interface ErrorCode {
  readonly meaning: string;
  readonly whatToDo: string;
}

export const errorCodes: Readonly<Record<string, ErrorCode>> = {
  ALIAS_NAME_DIFFERS: {
    meaning:
      "Warning: a record leads to a custom domain of another name, which turns away whoever comes by it.",
    whatToDo: "Leave out the record's Name, or make a domain of that name.",
  },
  ALIAS_OUTSIDE_STACK: {
    meaning:
      "Warning: an alias record has the domain name of an API's custom domain or a distribution as a text. If that is made again, it has another, and the record points to nothing.",
    whatToDo: "Name the resource in the record's dependencies, or refer to it with getId.",
  },
  ALARM_WITHOUT_DATA: {
    meaning:
      "Warning: an alarm watches a metric that its API does not have, so it stays at INSUFFICIENT_DATA. HTTP and WEBSOCKET APIs have other metrics than REST APIs.",
    whatToDo: "Use a metric that the warning names, with the dimension `ApiId`.",
  },
  API_WITHOUT_ROUTES: {
    meaning: "Warning: an Api has no Route in the spec. It answers every call with 404.",
    whatToDo: "Add a Route that depends on the Api and on an Integration.",
  },
  API_WITHOUT_STAGE: {
    meaning: "Warning: an Api has no Stage in the spec. Without one nobody can call it.",
    whatToDo: "Add a Stage that depends on the Api.",
  },
  ATTESTATION_ROOT: {
    meaning:
      "Attestations of built code cannot be verified, because the trusted root of who signs them could not be fetched or read. Nothing is applied then.",
    whatToDo:
      "Try again in a few minutes. Where there is no way out to Sigstore's addresses, give the roots in a file with GATEWRIGHT_TRUSTED_ROOT.",
  },
  AWS_ACCESS_DENIED: {
    meaning: 'AWS denied a call. A denied read is never treated as "the resource does not exist".',
    whatToDo: "Allow the action named in the error; docs/permissions.md lists them all.",
  },
  AWS_CREDENTIALS_EXPIRED: {
    meaning: "The AWS credentials have expired.",
    whatToDo: "Sign in or assume the role again, then run the same command.",
  },
  AWS_CREDENTIALS_REFUSED: {
    meaning: "AWS does not recognize the credentials.",
    whatToDo: "Check the key, the session token and the partition.",
  },
  AWS_ERROR: {
    meaning: "AWS refused a call. The error quotes AWS's code and message.",
    whatToDo: "Fix the spec or the account, then run the same command.",
  },
  AWS_NO_CREDENTIALS: {
    meaning: "No AWS credentials were found.",
    whatToDo: "Add aws-actions/configure-aws-credentials to the job, or set AWS_PROFILE or the access keys.",
  },
  AWS_QUOTA: {
    meaning: "A quota of AWS is reached. The error names it, with its value where AWS gives one.",
    whatToDo:
      "Remove what is no longer needed, or raise the quota as the hint says; then run the same command.",
  },
  AWS_REQUESTS_TOO_MANY: {
    meaning: "A plan of the bot needs more than 10,000 requests to AWS. Nothing was changed.",
    whatToDo: "Split the spec into several stacks, in directories of their own.",
  },
  AWS_THROTTLED: {
    meaning: "AWS was still throttling after the last retry.",
    whatToDo: "Wait a minute and run the same command. Completed changes are kept.",
  },
  AWS_UNREACHABLE: {
    meaning: "AWS could not be reached.",
    whatToDo: "Check the network, the region and AWS_ENDPOINT_URL.",
  },
  AWS_WRONG_ACCOUNT: {
    meaning: "The credentials belong to a different account than the stage's.",
    whatToDo: "Use credentials for the account named in the error.",
  },
  BASE_BROKEN: {
    meaning:
      "Warning: the base branch's spec cannot be evaluated, and its files mention Parameter Store or Secrets Manager. Which of AWS's values are secrets is not known then, so every text that AWS has now is hidden in the plan, and drift is not told.",
    whatToDo: "Nothing, when this pull request mends the spec. What the spec sets is shown as ever.",
  },
  BASE_UNREADABLE: {
    meaning:
      "Notice: the base branch could not be read. Resources that were removed from the spec are found only if they are tagged or referenced, and drift is not reported; a stack that the commit removes is not planned.",
    whatToDo: "Give the job `permissions: contents: read`.",
  },
  BOT_CONFIG_INVALID: {
    meaning: "A setting in the bot's environment is missing or invalid.",
    whatToDo: "Correct it; docs/bot.md lists every setting.",
  },
  BOT_CONFIG_KEY: {
    meaning: "The App's private key is missing or cannot be read.",
    whatToDo: "Set PRIVATE_KEY or PRIVATE_KEY_PATH.",
  },
  BOT_CONFIG_SECRET: {
    meaning: "The webhook secret is missing or easy to guess, so anybody could send commands.",
    whatToDo: "Set WEBHOOK_SECRET to the App's secret. Make it long and random.",
  },
  CERTIFICATE_WITHOUT_RECORD: {
    meaning:
      "Warning, until the certificate is issued: the stack does not make the DNS record that proves to ACM whose a domain is. The apply waits for it, and ends after 75 minutes.",
    whatToDo:
      "Add a Route53::Record that depends on the certificate, or make the record elsewhere while the apply waits.",
  },
  CODE_ARTIFACT_AMBIGUOUS: {
    meaning: "The workflow run has several artifacts of the name that `Code.Artifact` gives.",
    whatToDo: "Upload each under a name of its own, or run all jobs of the workflow again.",
  },
  CODE_ARTIFACT_DIGEST: {
    meaning:
      "The bytes of an artifact are not those that GitHub has recorded the digest of. They are not used.",
    whatToDo: "Try again. If it stays so, run the workflow again.",
  },
  CODE_ARTIFACT_EXPIRED: {
    meaning: "GitHub no longer has the artifact: they are kept for as long as `retention-days` says.",
    whatToDo: 'Run all jobs of the run again ("Re-run all jobs"), and raise `retention-days`.',
  },
  CODE_ARTIFACT_FOREIGN: {
    meaning: "The commit's artifact was built in another repository, such as a fork, or of another commit.",
    whatToDo: "Push the commit to a branch of this repository, so that the workflow runs here.",
  },
  CODE_ARTIFACT_INVALID: {
    meaning:
      "An artifact cannot be taken as code: it is no zip, has links, names outside of its folder, or an inner zip beside other files.",
    whatToDo: "Correct what the error names in the workflow's build, and run it again.",
  },
  CODE_ARTIFACT_MISSING: {
    meaning: "The workflow's run of the commit has no artifact of the name that `Code.Artifact` gives.",
    whatToDo: "Upload it under that name with actions/upload-artifact, or correct the name in the spec.",
  },
  CODE_ATTESTATION_WRONG: {
    meaning:
      "The stage takes only code with build provenance, and the artifact's attestation is of another repository, workflow, run or commit, or its signature is not good.",
    whatToDo:
      "Attest the artifact with actions/attest in the workflow that `code.workflow` names, in the run that uploads it (docs/built-code.md has the lines), and run that again.",
  },
  CODE_BUILD_FAILED: {
    meaning: "The newest run of the workflow that builds the code did not succeed for this commit.",
    whatToDo: "Look at its log; push the correction or run it again.",
  },
  CODE_CHANGED: {
    meaning: "A file of a function disappeared while it was being read.",
    whatToDo: "Run the same command again.",
  },
  CODE_FILE_DOUBTFUL: {
    meaning:
      "Warning: the folder of a function holds a file that is hardly meant to be uploaded: `.env`, a private key, `.DS_Store`.",
    whatToDo:
      "Remove it, or name it in a `.gatewrightignore` in that folder, which is written like a `.gitignore`.",
  },
  CODE_FILE_NAME: {
    meaning: "A file of a function has a name that a ZIP archive cannot hold.",
    whatToDo: "Rename the file.",
  },
  CODE_FOLDER_EMPTY: {
    meaning: "The folder for a function's code is empty.",
    whatToDo: "Put the code there, or set `Code`.",
  },
  CODE_IMAGE_INVALID: {
    meaning:
      "`Code.ImageUri` is an image that Lambda does not take: of another region, of a public or other registry, or an index of several images. Or its URI is made of a secret, which a plan may not show.",
    whatToDo:
      "Push it to a private repository of Amazon ECR in the function's region. Build it for one platform, with `--provenance=false --sbom=false`. Take the URI from the spec or from a parameter of type String.",
  },
  CODE_IMAGE_NOT_FOUND: {
    meaning: "Amazon ECR has no image of the tag or digest in `Code.ImageUri`, or no such repository.",
    whatToDo: "Push the image before it is planned, or correct the tag.",
  },
  CODE_MISMATCH: {
    meaning:
      "The code that Lambda has is not what was planned: for S3 not what `Code.Sha256` in the spec says, for an artifact not what was sent.",
    whatToDo:
      "Put the right archive into the bucket or correct `Sha256`, and apply again. Give `S3ObjectVersion`, too.",
  },
  CODE_FOLDER_MISSING: {
    meaning:
      "A function has no `Code`, and there is no folder with its name beside the spec. Or its code is built, and no folder of `--code` has it.",
    whatToDo: "Create the folder, or set `Code`. For code that is built: build it, and give `--code DIR`.",
  },
  CODE_HANDLER_MISSING: {
    meaning:
      "Warning: the file or the function that `Handler` means is not in the code. Every call would fail.",
    whatToDo:
      "Name what is there: `index.handler` is the export `handler` of `index.js`, `index.mjs` or `index.cjs`.",
  },
  CODE_IGNORE_TIMEOUT: {
    meaning: "Matching a function's files against its `.gatewrightignore` took longer than five seconds.",
    whatToDo: "Write patterns with fewer stars.",
  },
  CODE_MODULE_MISSING: {
    meaning:
      "Warning: the code imports a module that is neither in the folder nor part of the runtime. Every call would fail.",
    whatToDo: "Bundle the function, put `node_modules` into its folder, or add a layer.",
  },
  CODE_MODULE_SYNTAX: {
    meaning:
      "Warning: a file has `import` or `export`, but Lambda runs it as CommonJS. Every call would fail.",
    whatToDo: 'Name it `.mjs`, or put a `package.json` with `"type": "module"` into the folder.',
  },
  CODE_NOT_ATTESTED: {
    meaning:
      "The stage takes only code with build provenance (`attestation` in its settings), and the artifact has none.",
    whatToDo:
      "Attest the artifact with actions/attest in the run that uploads it (docs/built-code.md has the lines), and run the workflow again.",
  },
  CODE_NOT_COMPARED: {
    meaning:
      "Warning: code in S3 is given by bucket and key alone. AWS does not say which object it has taken, so another one under the same key is not seen, and not deployed.",
    whatToDo: "Give S3ObjectVersion or Sha256, or write each build to a key of its own.",
  },
  CODE_NOT_BUILT: {
    meaning: "The commit's code is not built yet: the workflow has no run for it, or the run is under way.",
    whatToDo:
      "Wait for the run. The bot plans again when it ends; the Action needs the build as an earlier job of its own workflow.",
  },
  CODE_TOO_LARGE: {
    meaning: "A function's folder or artifact is larger than Lambda accepts, or has more than 20,000 files.",
    whatToDo:
      "Remove what the function does not need, use layers, or set `Code.S3Bucket` or `Code.ImageUri`.",
  },
  CODE_TYPESCRIPT: {
    meaning: "Warning: the handler is a TypeScript file. Lambda runs JavaScript only.",
    whatToDo: "Build it and deploy what was built.",
  },
  CODE_WORKFLOW_OTHER: {
    meaning:
      "The commit was built by other workflows than the one that `code.workflow` in the settings names.",
    whatToDo: "Wait for its run, or correct the name in `.github/gatewright.yml` of the default branch.",
  },
  CODE_WORKFLOW_UNSET: {
    meaning: "A function's code is an artifact, and nothing says which workflow builds it.",
    whatToDo:
      "Add `code: { workflow: build.yml }` to `.github/gatewright.yml` of the default branch. In a terminal, give `--code DIR`.",
  },
  CODE_ZIP_TIMEOUT: {
    meaning: "Zipping a function's folder or unzipping an artifact took longer than a minute.",
    whatToDo:
      "Remove what the function does not need, use layers, or set `Code.S3Bucket` or `Code.ImageUri`.",
  },
  COMMAND_INVALID: {
    meaning:
      "A command in a comment has an option or argument that it does not accept, or lacks one that it requires.",
    whatToDo: "Correct it as the reply shows; `/help` lists all commands.",
  },
  COMMAND_SEVERAL: {
    meaning: "A comment contains two commands. Neither was run.",
    whatToDo: "Send one command per comment.",
  },
  COMMAND_UNKNOWN: {
    meaning: "A comment contains what looks like a misspelled command.",
    whatToDo: "Send the command that the reply suggests; `/help` lists all commands.",
  },
  COMMENT_FORBIDDEN: {
    meaning: "Notice: the token may not write comments. The plan is in the job summary.",
    whatToDo: "Give the job `permissions: pull-requests: write`.",
  },
  COMMENT_FORK: {
    meaning:
      "Notice: the pull request comes from a fork, whose token is read-only. The plan is in the job summary.",
    whatToDo:
      "Nothing is required. To get a comment, use `pull_request_target` with `source: api`, as docs/action.md shows.",
  },
  COMMENT_NO_TOKEN: {
    meaning:
      "Notice: the `github-token` input is empty, so no comment can be written. The plan is in the job summary.",
    whatToDo: "Leave the input at its default, or pass a token.",
  },
  COMMENT_OVERTAKEN: {
    meaning: "Notice: a newer commit was pushed during planning, so this plan is not posted as a comment.",
    whatToDo: "Nothing is required: the run for the newer commit writes the comment.",
  },
  COMMENT_REFUSED: {
    meaning:
      "The plan comment could not be written: the conversation is locked, or the repository is archived.",
    whatToDo: "Unlock the conversation or unarchive the repository; the plan is in the job summary.",
  },
  CONFIG_INVALID: {
    meaning: "`config.js` does not export an object.",
    whatToDo: "Export an object, or a function that returns one.",
  },
  CONFIRMATION_NEEDED: {
    meaning: "The command asks before it acts, but there is no terminal to ask on.",
    whatToDo: "Pass `--yes`; to apply, ideally with `--plan-id`.",
  },
  DATABASE_FOLDER: {
    meaning: "The bot's data folder cannot be created or locked.",
    whatToDo: "Make it writable and check that the disk has free space.",
  },
  DATABASE_LOCKED: {
    meaning: "Another bot is using the data folder.",
    whatToDo: "Stop the other bot, or give each its own folder. Several replicas share one DATABASE_URL.",
  },
  DATABASE_NEWER: {
    meaning: "A newer version of the bot has already used this database.",
    whatToDo: "Start that version, or give this one a separate database.",
  },
  DATABASE_UNAVAILABLE: {
    meaning: "The database does not respond.",
    whatToDo: "Check DATABASE_URL and that the server is reachable.",
  },
  DEADLINE: {
    meaning: "AWS did not finish something in time. The error says what Gatewright was waiting for.",
    whatToDo: "Look at the resource in AWS, then run the same command. Completed changes are kept.",
  },
  DEFAULT_UNSUPPORTED: {
    meaning: "`isDefault` is set on a type for which AWS creates no default resource.",
    whatToDo: "Give the resource's name, and `readOnly: true` if this stack does not own it.",
  },
  DEPENDENCY_INVALID: {
    meaning: "A dependency is not a name, or lists several where one is allowed.",
    whatToDo: "Write a name, a list of names, or `{name}`.",
  },
  DEPENDENCY_MISSING: {
    meaning: "A resource lacks a dependency that it requires.",
    whatToDo: "Add it as the error shows.",
  },
  DEPENDENCY_NOT_FOUND: {
    meaning: "A dependency names a resource that is not in the spec.",
    whatToDo: "Correct the name, or add the resource (with `readOnly: true` if this stack does not own it).",
  },
  DEPENDENCY_UNKNOWN: {
    meaning: "`dependencies` has a key that the type does not know.",
    whatToDo: "Correct it; the error lists the type's keys.",
  },
  DEPLOYMENT_FAILED: {
    meaning: "API Gateway could not create a deployment. The stage still serves the previous one.",
    whatToDo: "Fix what AWS reports and apply again.",
  },
  DEPLOYMENT_WITHOUT_ROUTE: {
    meaning: "A Deployment belongs to an Api without routes. API Gateway does not deploy such an API.",
    whatToDo: "Add a Route, or remove the Deployment.",
  },
  DEV_INSTALL_FAILED: {
    meaning: "`gatewright dev` could not install MiniStack, the local AWS.",
    whatToDo:
      "See the output of pip above: PyPI must be reachable, and Python have its venv module. Then run it again.",
  },
  DEV_PORT_TAKEN: {
    meaning: "`gatewright dev` cannot listen on the port that the API would have.",
    whatToDo: "Pass another one with `--port`, or end the program that has it.",
  },
  DEV_PYTHON_MISSING: {
    meaning:
      "`gatewright dev` runs a local AWS that is written in Python, and there is no Python 3.10 or newer.",
    whatToDo: "Install Python, or set `PYTHON` to the path of one.",
  },
  DIRECTORY_NOT_FOUND: {
    meaning: "The stack's directory does not exist.",
    whatToDo: "Name a directory that contains a spec.",
  },
  DRIFT: {
    meaning:
      "Warning: AWS differs from the spec that was last applied. Somebody changed it outside Gatewright.",
    whatToDo: "Apply to restore the spec, or add the change to the spec.",
  },
  EMPTY_PERMISSION: {
    meaning: "A `Lambda::Permission` allows nothing.",
    whatToDo: "Set `Permissions`, or list the APIs in `apiGatewayV2Apis`.",
  },
  ENTRY_INVALID: {
    meaning: "An entry of the spec is not an object, or one of its fields has a value of the wrong kind.",
    whatToDo: "Write `{type, group, properties, dependencies}` as the error shows.",
  },
  FILE_NOT_WRITABLE: {
    meaning: "A file cannot be written.",
    whatToDo: "Choose a path in an existing directory.",
  },
  FOREIGN_RESOURCE: {
    meaning:
      "AWS already has a resource with this name, and it does not carry this stack's tags. Gatewright does not touch it.",
    whatToDo: "Rename yours, or take over the existing one with `adopt`.",
  },
  FUNCTION_FAILED: {
    meaning: "Lambda could not finish creating or updating a function.",
    whatToDo: "Fix what the message reports and apply again.",
  },
  GATE_CLOSED: {
    meaning:
      "A gate was closed right before the first change: it was open when the command was sent, or a merge does not pass it. Nothing was changed.",
    whatToDo:
      "Do what the gate asks for, then send the command again; after a merge, send `/plan` and `/apply` with the plan's id.",
  },
  GATE_PERMISSION: {
    meaning: "The person who sent the command is not allowed to run it here.",
    whatToDo: "Ask somebody with write permission to send it.",
  },
  GITHUB_ARCHIVED: {
    meaning: "The repository is archived: GitHub lets nobody write in it.",
    whatToDo: "Unarchive the repository, or remove it from the App's installation.",
  },
  GITHUB_ERROR: {
    meaning: "GitHub answered with an error.",
    whatToDo: "Read GitHub's message. If the fault is GitHub's, try again later.",
  },
  GITHUB_FORBIDDEN: {
    meaning: "The token is not allowed to do this.",
    whatToDo: "Give the job or the App the permission named in the error.",
  },
  GITHUB_LOCKED: {
    meaning: "The conversation or the repository is locked: GitHub takes no comments there.",
    whatToDo: "Unlock it, then send the command or run the job again.",
  },
  GITHUB_NOT_FOUND: {
    meaning: "GitHub does not have the object, or hides it from this token.",
    whatToDo: "Check the repository, the commit and the token's access.",
  },
  GITHUB_RATE_LIMITED: {
    meaning: "The token has used up its GitHub requests.",
    whatToDo: "Wait until the time given in the error.",
  },
  GITHUB_TOKEN_REFUSED: {
    meaning: "GitHub does not accept the token.",
    whatToDo: "Pass a valid token.",
  },
  GITHUB_UNREACHABLE: {
    meaning: "GitHub could not be reached.",
    whatToDo: "Check the network and GITHUB_API_URL.",
  },
  HELD: {
    meaning:
      "Another pull request was applied to the stack before its merge. Applying to it now would undo that.",
    whatToDo: "Merge or close that pull request, or end its hold with /release.",
  },
  HEAD_MOVED: {
    meaning: "The pull request received new commits after the command. Nothing was changed.",
    whatToDo: "Review the new plan and apply it.",
  },
  INIT_FILE_EXISTS: {
    meaning: "`gatewright init` would have to replace a file that says something else. Nothing was written.",
    whatToDo: "Choose another directory or `--name`, or pass `--force` to replace the files that are named.",
  },
  INPUT_INVALID: {
    meaning: "An input of the Action has an invalid value.",
    whatToDo: "Correct it; docs/action.md lists the inputs.",
  },
  INTERNAL: {
    meaning: "A bug in Gatewright.",
    whatToDo: "Report it, with the whole message.",
  },
  INTERNAL_NO_LIVE: {
    meaning: "A bug in Gatewright: a step has no live resource to work on.",
    whatToDo: "Report it, with the whole message.",
  },
  INTERNAL_UNKNOWN_DEPENDENCY: {
    meaning: "A bug in Gatewright: the loader accepted an unknown dependency.",
    whatToDo: "Report it, with the whole message.",
  },
  INTERNAL_UNKNOWN_LEFT: {
    meaning: "A bug in Gatewright: a value was still unknown when it was needed. Nothing was written.",
    whatToDo: "Report it, with the whole message.",
  },
  LAYER_PATH: {
    meaning:
      "Warning: packages stand where a layer's functions do not look for them, so that importing one fails.",
    whatToDo: "Move them into the folder that the message names.",
  },
  LOCKED: {
    meaning: "Somebody else has locked the stack.",
    whatToDo: "Wait until the lock is released, or ask its owner; `/status` names them.",
  },
  LOCK_LOST: {
    meaning: "The run lost the stack's lock while it was working. It changed nothing after that.",
    whatToDo: "Check what was done, plan again and apply the rest.",
  },
  MARKER_BROKEN: {
    meaning: "A value returned by `getId` or `generatePassword` was cut, split or modified.",
    whatToDo: "Insert it into other text unchanged.",
  },
  MARKER_MISPLACED: {
    meaning: "`getId` or `generatePassword` was used where the text must be known before anything exists.",
    whatToDo: "Use them only in properties.",
  },
  MORE_ANNOTATIONS: {
    meaning: "There are more errors or warnings than GitHub shows as annotations of one step.",
    whatToDo: "Read the rest in the job summary, the comment or the log.",
  },
  MULTILINE_INVALID: {
    meaning: "`multiline` was given something that contains no text.",
    whatToDo: "Pass a template literal, or a function with the text in a comment.",
  },
  NAME_AMBIGUOUS: {
    meaning: "A short name matches several resources.",
    whatToDo: "Write one of the full names that the error lists.",
  },
  NAME_CONTRADICTION: {
    meaning: "`name` differs from the property that holds the name.",
    whatToDo: "Remove one of the two.",
  },
  NAME_DUPLICATE: {
    meaning: "Two resources of the same type have the same name.",
    whatToDo: "Remove or rename one. The error shows both places.",
  },
  NAME_INVALID: {
    meaning: "A name is not plain text; for example, it is built with `getId`.",
    whatToDo: "Write the name as text: it must be known before anything exists.",
  },
  NAME_LITERAL: {
    meaning:
      "Warning: the spec has the ARN of one of its own resources as text, with the name of the spec. In this stage, AWS has another name (`names` in the settings).",
    whatToDo: "Write `getId` instead of the ARN.",
  },
  NAME_MISSING: {
    meaning: "A resource has no name.",
    whatToDo: "Set the property that holds its name, or `name`.",
  },
  NOTHING_TO_CANCEL: {
    meaning: "The pull request has no queued or running run.",
    whatToDo: "`/status` shows what is running elsewhere.",
  },
  NO_PERMISSION_FOR_API: {
    meaning:
      "Warning: an integration or authorizer calls a function that API Gateway is not allowed to invoke.",
    whatToDo:
      "Add a `Lambda::Permission` for `apigateway.amazonaws.com`, or give the integration or authorizer a role.",
  },
  NO_REGION: {
    meaning: "No AWS region is set.",
    whatToDo: "Set the region as the error shows.",
  },
  NO_STACKS: {
    meaning: "The `directory` input matches no directory with a spec.",
    whatToDo: "Name directories that contain a spec.",
  },
  OPTION_INVALID: {
    meaning: "An option has an invalid value.",
    whatToDo: "Correct it as the error shows.",
  },
  OVERTAKEN: {
    meaning:
      "The branch moved on before the run of an older commit changed anything, so that run applied nothing. Not a failure.",
    whatToDo: "Nothing: the run of the newer commit includes the older one.",
  },
  PASSWORD_INVALID: {
    meaning: "`generatePassword` was called with an impossible length.",
    whatToDo: "Ask for 8 to 1024 characters.",
  },
  OIDC_UNAVAILABLE: {
    meaning:
      "A stage has a role of its own, and the workflow's job cannot get the OIDC token that AWS gives it for.",
    whatToDo: "Give the job `permissions: id-token: write`.",
  },
  PLAN_BLOCKED: {
    meaning: "The plan has a problem that must be solved before it can be applied.",
    whatToDo: "Solve the problem named in the error.",
  },
  PLAN_ID_NEEDED: {
    meaning:
      "On a closed pull request and on a drift issue, `/apply` could mean a plan that nobody looked at: what it is about changes with the branch and with AWS.",
    whatToDo: "Look at the plan (send /plan on a pull request) and send the command with its id.",
  },
  PLAN_NOT_REVIEWED: {
    meaning: "The merge's plan is not the one that was reviewed. Nothing was changed.",
    whatToDo: "Review the new plan and apply it, or set `apply: on-merge` for the stage.",
  },
  PLAN_STALE: {
    meaning: "The plan is out of date: the spec or AWS has changed since it was made.",
    whatToDo: "Review the new plan and apply it.",
  },
  PORT_UNAVAILABLE: {
    meaning: "The bot cannot listen on the address in its environment.",
    whatToDo: "Stop the process that uses the port, or set HOST and PORT to a free address.",
  },
  PROJECT_NAME_MISSING: {
    meaning: "The project has no name. The name is needed for tags.",
    whatToDo: "Set `projectName` in `config.js`, `name` in `package.json`, or the `project-name` input.",
  },
  PREVIEW_LEFT: {
    meaning:
      "The project's name, or the account or region of previews, has changed, and what the preview had before could not be deleted. Nothing new was made: names would collide.",
    whatToDo:
      "The message says what AWS answered. Put that right (the role that the preview had before must still be allowed), then `/preview` or `/preview off` tries it again.",
  },
  PREVIEW_NONE: {
    meaning: "`/preview off`, or a command with `-s pr-12`, was sent on a pull request without a preview.",
    whatToDo: "`/preview` makes one.",
  },
  PREVIEW_SHARED: {
    meaning:
      "A preview would make a child in a parent that it shares with others (a record in a zone), or what exists only once (a domain name, an alternative name of a distribution), and its name has nothing of the preview's stage. Nothing in AWS would say whose it is, or the copied stage could not have it.",
    whatToDo:
      'Name it after the stage (`${config.stage}.example.com`), or leave it out of previews: `config.stage.startsWith("pr-")`.',
  },
  PREVIEW_UNCONFIGURED: {
    meaning: "`/preview` was sent in a repository whose settings have no previews.",
    whatToDo:
      "Add `preview` with the stage that is copied to `.github/gatewright.yml` on the default branch: [previews](previews.md).",
  },
  PROJECT_SHARED: {
    meaning: "Two stacks of a stage have the same project name. Each would delete the other's resources.",
    whatToDo: "Give each stack's directory a `package.json` or `config.js` with its own name.",
  },
  PROPERTY_CONTRADICTION: {
    meaning: "A property is set in two places with different values.",
    whatToDo: "Remove one of them.",
  },
  PROPERTY_INVALID: {
    meaning: "A property has a value that AWS would refuse.",
    whatToDo: "Use a value that the error describes.",
  },
  PROPERTY_MISSING: {
    meaning: "A resource lacks a property that it requires.",
    whatToDo: "Add it; the error says which values are accepted.",
  },
  PROPERTY_UNKNOWN: {
    meaning: "The type has no such property, or not in that place.",
    whatToDo: "Use the nearest name, or the place, that the error suggests.",
  },
  PULL_CLOSED: {
    meaning: "The pull request is closed or merged.",
    whatToDo: "Open a new pull request.",
  },
  PULL_OTHER_BRANCH: {
    meaning:
      "The pull request goes into a branch that the stage is not deployed from. Applying it would roll back what that other branch has.",
    whatToDo:
      "Plan it, and apply it after it reached the stage's branch; or name the branch in the stage's settings.",
  },
  PULL_CONFLICTS: {
    meaning: "The branch conflicts with its base.",
    whatToDo: "Resolve the conflicts, then review the new plan.",
  },
  PULL_DRAFT: {
    meaning: "The pull request is a draft.",
    whatToDo: "Mark it ready for review first.",
  },
  PULL_FORK: {
    meaning: "The branch belongs to a fork. Forks are never applied.",
    whatToDo: "Push the branch to this repository.",
  },
  PULL_NEEDED: {
    meaning: "The command was sent on an issue, and its plan would have to be reviewed on a pull request.",
    whatToDo: "Send it on a pull request.",
  },
  QUOTA_EXCEEDED: {
    meaning:
      "The spec exceeds an AWS quota, which the message names. A warning for a quota that AWS raises on request: the account may have more.",
    whatToDo:
      "Stay below the quota: split the API, or reduce the value. Ask AWS for more before you apply, where it is a warning.",
  },
  READ_ONLY_MISSING: {
    meaning: "A `readOnly` resource does not exist.",
    whatToDo: "Create it outside this stack first, or remove `readOnly`.",
  },
  READ_ONLY_NEEDED: {
    meaning: "A resource of a type that Gatewright only reads is not marked `readOnly`.",
    whatToDo: "Add `readOnly: true` to the entry, and create the resource elsewhere.",
  },
  READ_ONLY_PARENT: {
    meaning: "The spec would create something inside a read-only resource that this stack does not own.",
    whatToDo: "Adopt the parent, or leave the resource out.",
  },
  REFERENCE_CYCLE: {
    meaning: "Resources depend on each other in a circle, so none of them can be created first.",
    whatToDo: "Remove one of the references shown in the error.",
  },
  REFERENCE_INVALID: {
    meaning:
      "A `getId` call is incomplete, names an unknown type, or has a path other than `id` or `live.…`.",
    whatToDo: "Write `getId({type, group, name, path})` as the error shows.",
  },
  REFERENCE_NOT_FOUND: {
    meaning: "A `getId` call names a resource that is not in the spec.",
    whatToDo: "Correct the name; the error suggests the nearest one.",
  },
  REFERENCE_PATH_UNKNOWN: {
    meaning: "A `getId` call asks for an attribute that the live resource does not have.",
    whatToDo: "Use one of the attributes listed in the error.",
  },
  REQUIRE_FORBIDDEN: {
    meaning: "The spec requires a Node.js module, or a package other than `rubico` and `path`.",
    whatToDo: "Put what you need into a file beside the spec.",
  },
  REQUIRE_INVALID: {
    meaning: "`require` was called with something other than text.",
    whatToDo: "Pass a path.",
  },
  REQUIRE_NOT_FOUND: {
    meaning: "The spec requires a file that does not exist.",
    whatToDo: "Correct the path. It is relative to the file that requires it.",
  },
  REQUIRE_OUTSIDE: {
    meaning: "The spec requires a file outside its directory.",
    whatToDo:
      "Move the file into the directory. The only exception is the `package.json` in the parent directory.",
  },
  REQUIRE_SYMLINK: {
    meaning: "The spec requires a symbolic link that points outside its directory.",
    whatToDo: "Replace the link with the file itself.",
  },
  DELETION_PROTECTED: {
    meaning:
      "The plan would delete or replace a resource that holds data or a name that others depend on, and nobody allowed that by name.",
    whatToDo:
      "Keep the resource in the spec as it is, or allow its deletion by name: `allowDeletion` of the stage in `.github/gatewright.yml`, the `allow-deletion` input of the Action, or `--allow-deletion NAME`. Take the name out again afterwards.",
  },
  PROPERTY_CANNOT_BE_CLEARED: {
    meaning:
      "The spec no longer sets a property that AWS has no way to remove once it is set. The plan leaves it as it is.",
    whatToDo: "Give the property a value, or rename the resource so that a new one is made without it.",
  },
  RESOURCE_FAILED: {
    meaning: "AWS accepted a resource and then could not make it. The error gives AWS's reason.",
    whatToDo: "Fix what AWS reports and apply again. The next plan replaces the failed resource.",
  },
  RESOURCE_GONE: {
    meaning: "Somebody else deleted a resource between plan and apply.",
    whatToDo: "Plan again: the new plan creates it again.",
  },
  RESOURCE_IN_USE: {
    meaning:
      "A resource that is to be deleted or replaced is used outside this stack: a policy attached to another stack's role, to a user or a group, a role in an instance profile.",
    whatToDo: "Remove it where the error says that it is used, or keep it in the spec; then apply again.",
  },
  REVISION_NOT_FOUND: {
    meaning: "The revision is not a commit of the repository.",
    whatToDo: "Name an existing branch, tag or commit. In a shallow clone, fetch it first.",
  },
  ROLE_NOT_ALLOWED: {
    meaning: "The bot's configuration has no role for this repository and stage.",
    whatToDo: "Add one to GATEWRIGHT_ROLES.",
  },
  ROLE_WITHOUT_TRUST: {
    meaning:
      "Warning: an integration or authorizer uses a role whose trust policy does not let API Gateway assume it. AWS accepts that, and its calls fail.",
    whatToDo:
      "Allow `sts:AssumeRole` to the service `apigateway.amazonaws.com` in the role's `AssumeRolePolicyDocument`.",
  },
  ROLLBACK_NOTHING: {
    meaning:
      "`/rollback` found no earlier commit of the stack that was deployed with success, by the bot's record or, inside a workflow, by GitHub's deployments of commits that were merged.",
    whatToDo: "Revert the change in a pull request and apply that.",
  },
  ROUTE_KEY_DOUBTFUL: {
    meaning: "Warning: a route of a WEBSOCKET API has a key of the form that HTTP APIs use.",
    whatToDo: "Make the API one of ProtocolType HTTP, or name the route after a value in the messages.",
  },
  ROUTE_SETTINGS_WITHOUT_ROUTE: {
    meaning:
      "Warning: a stage's `RouteSettings` name a route that the spec does not have. AWS refuses settings of a route that is not there.",
    whatToDo: "Remove the settings, correct their key, or add the route.",
  },
  ROUTE_WITHOUT_RESPONSE: {
    meaning:
      "Warning: a two-way route of a WEBSOCKET API lacks its RouteResponse, or its RouteResponseSelectionExpression. Callers get no answer.",
    whatToDo: "Give the route both.",
  },
  ROUTE_WITHOUT_TARGET: {
    meaning: "Warning: a Route has no Integration. Every call of it fails.",
    whatToDo: "Name an Integration in `dependencies.integration`.",
  },
  RUNTIME_UNKNOWN: {
    meaning:
      "Warning: a function has a runtime that Gatewright does not know, although its name could be a new one's.",
    whatToDo: "Check the name in AWS's list of runtimes.",
  },
  RUN_CANCELLED: {
    meaning: "The run was cancelled before its first step.",
    whatToDo: "Send the command again if you still want it.",
  },
  RUN_HANDED_BACK: {
    meaning:
      "The bot's process stopped. Another process continues the run, or this one does when it restarts.",
    whatToDo: "Wait; nothing is required.",
  },
  RUN_KILLED: {
    meaning:
      "The bot's process ended three times during the run, each time before its first step. Nothing was changed.",
    whatToDo:
      "Look at the bot's log for the reason, make the spec smaller if it is the reason, and send the command again.",
  },
  RUN_READ_ONLY: {
    meaning: "A bug in Gatewright: a read-only run was about to write.",
    whatToDo: "Report it, with the whole message.",
  },
  RUN_TAKEN_OVER: {
    meaning: "Another process of the bot took over the run and continues it.",
    whatToDo: "Wait for its report.",
  },
  RUN_UNKNOWN: {
    meaning: "The run is no longer stored.",
    whatToDo: "Send the command again.",
  },
  SETTINGS_CONTRADICTED: {
    meaning:
      "An input of the Action or an option of the terminal says something else than `.github/gatewright.yml`.",
    whatToDo: "Remove the input or option, or correct the file on the default branch.",
  },
  SETTINGS_INVALID: {
    meaning: "`.github/gatewright.yml` contains an invalid value.",
    whatToDo: "Correct the line named in the error.",
  },
  SETTINGS_SYNTAX: {
    meaning: "`.github/gatewright.yml` is not valid YAML.",
    whatToDo: "Fix the line named in the error.",
  },
  SETTINGS_UNREADABLE: {
    meaning:
      "Notice: the settings on the default branch could not be read, and those of the working copy are used. The bot reads the default branch's.",
    whatToDo: "Give the job `permissions: contents: read`, and leave `github-token` at its default.",
  },
  SEVERAL_LIVE: {
    meaning: "AWS has several resources where one is expected.",
    whatToDo: "Delete or rename all but one; the error lists their ids.",
  },
  SMOKE_FAILED: {
    meaning:
      "The apply succeeded, but an endpoint of the stack did not answer as the stage's `smoke` expects. The apply's run counts as failed: its deployment is red, and stages that need this one wait.",
    whatToDo:
      "Look at the call and at the function's log. Fix the cause and apply, or send the apply again: with nothing left to do, only the calls are made.",
  },
  SOURCE_CHECKOUT: {
    meaning:
      "The workflow's event gives the job the repository's secrets, and a checkout would be the wrong code or untrusted code: `pull_request_target`, `workflow_run`, `issue_comment` and the like.",
    whatToDo: "Set `source: api`. Gatewright then reads the pull request's files without checking them out.",
  },
  SOURCE_GIT: {
    meaning: "The folder is in a Git repository, and git could not list the files that it tracks.",
    whatToDo:
      "Make sure that git is installed and that `git ls-files` works in the folder. To read every file, set the input `untracked: true`, or `--untracked` in the terminal.",
  },
  SOURCE_LFS: {
    meaning: "A file is stored in Git LFS, and the commit contains only a pointer to it.",
    whatToDo: "Use a checkout with `lfs: true` instead of `source: api`.",
  },
  SOURCE_NOT_READABLE: {
    meaning: "Warning: a function's role visibly may not read the queue or stream that feeds it.",
    whatToDo: "Give the role the actions that the message names.",
  },
  SOURCE_OUTSIDE: {
    meaning: "A path leads outside the repository.",
    whatToDo: "Use a relative path inside it.",
  },
  SOURCE_SUBMODULE: {
    meaning: "A file is in a Git submodule, which Gatewright does not read.",
    whatToDo: "Put the file into this repository.",
  },
  SOURCE_SYMLINK: {
    meaning: "A symbolic link points outside the repository, into `.git`, or to itself.",
    whatToDo: "Replace the link with the file itself.",
  },
  SOURCE_UNTRACKED: {
    meaning: "Warning: files that the plan would read are left out because git does not track them.",
    whatToDo:
      "Add them with `git add`. For code that is built beside the spec, set the input `untracked: true`, or `--untracked` in the terminal.",
  },
  SPEC_CRASHED: {
    meaning: "The sandbox crashed. Very deep nesting can cause this.",
    whatToDo: "Simplify the spec. If it is an ordinary spec, report the crash.",
  },
  SPEC_MEMORY: {
    meaning: "The spec used more memory than allowed.",
    whatToDo: "Look for something that grows without end.",
  },
  SPEC_NOT_ARRAY: {
    meaning: "`createResources` did not return an array.",
    whatToDo: "Return the list of resources.",
  },
  SPEC_NOT_FOUND: {
    meaning: "The stack's directory contains no spec.",
    whatToDo: "Add `resources.js`, or name the file with the `spec` input.",
  },
  SPEC_NOT_JSON: {
    meaning:
      "A property contains something that JSON cannot express: a function, a symbol or a circular reference.",
    whatToDo: "Return plain data.",
  },
  SPEC_NO_CREATE_RESOURCES: {
    meaning: "The spec does not export `createResources`.",
    whatToDo: "Write `exports.createResources = () => [...]`.",
  },
  SPEC_PENDING: {
    meaning: "The spec waits for a promise that never settles.",
    whatToDo: "Return plain values: a spec has no timers and no network.",
  },
  SPEC_STACK_OVERFLOW: {
    meaning: "A function in the spec calls itself without end.",
    whatToDo: "Look at the functions named in the error.",
  },
  SPEC_SYNTAX: {
    meaning: "The spec is not valid JavaScript or TypeScript.",
    whatToDo: "Fix the place named in the error.",
  },
  SPEC_TAMPERED: {
    meaning: "The spec changed built-in objects, so its result cannot be read.",
    whatToDo: "Do not modify Object, Array, JSON or Promise.",
  },
  SPEC_THROWN: {
    meaning: "The spec threw an error.",
    whatToDo: "Fix what the message describes, at the place named in the error.",
  },
  SPEC_TIMEOUT: {
    meaning: "The spec did not finish in time.",
    whatToDo: "Look for an endless loop.",
  },
  SPEC_TOO_LARGE: {
    meaning: "The spec returns more resources, more text or deeper nesting than is allowed.",
    whatToDo: "Split it into several stacks.",
  },
  STACKS_TOO_MANY: {
    meaning: "The command is about more than 200 stacks. Nothing was done.",
    whatToDo: "Name one: `-d DIRECTORY`.",
  },
  STACKS_UNCHANGED: {
    meaning:
      "The pull request changes no file of a stack in this stage. Without a directory, only changed stacks are planned.",
    whatToDo: "Name the stack to plan it anyway: `/plan -d DIRECTORY`.",
  },
  STACK_UNKNOWN: {
    meaning: "A command names a directory that is not a stack of the stage, or the stage has no stacks.",
    whatToDo: "Name one of the directories listed in the error.",
  },
  STAGE_KEEPS_SERVING: {
    meaning:
      "Warning: the Api lost its last route, but a stage without AutoDeploy still serves the previous deployment. AWS does not deploy an API without routes.",
    whatToDo: "Delete the Stage to stop serving, or give the Api a Route.",
  },
  STAGE_NEEDED: {
    meaning: "The repository has several stages, and the command does not name one.",
    whatToDo: "Add `-s` and the stage.",
  },
  STAGE_NOT_REACHED: {
    meaning: "A command was to apply several stages, and one before this did not succeed.",
    whatToDo:
      "Look at what became of that stage, then send the command again: what is applied already has nothing to do.",
  },
  STAGE_UNKNOWN: {
    meaning: "The repository's settings have no such stage.",
    whatToDo: "Name one of the stages listed in the error.",
  },
  TARGET_CLOSED: {
    meaning:
      "Warning: a rule or an alarm calls a function, a queue or a topic that does not let EventBridge or CloudWatch in, or an alarm publishes to a topic whose key it may not use. AWS accepts it, and nothing arrives.",
    whatToDo:
      "Give the function a `Lambda::Permission`, the queue, the topic or its key a policy, for the service that the warning names.",
  },
  TEXT_DOUBTFUL: {
    meaning:
      "Warning: a text holds `undefined`, `NaN` or `[object Object]`, as a template does whose value was missing.",
    whatToDo: "Look at what the spec puts into the text.",
  },
  TEXT_NOT_FILLED_IN: {
    meaning:
      "Warning: a text holds `{{resolve:…}}`, or `ssm:…`, `env:…` and the like between `$` and braces, which other tools fill in. AWS gets it as it stands.",
    whatToDo: "Give the value to the spec through `process.env`, or read it in the function.",
  },
  TYPE_UNKNOWN: {
    meaning: "Gatewright does not know this `group` and `type`. One error lists all unknown types of a spec.",
    whatToDo: "Correct the spelling; the error suggests the nearest types. docs/spec.md lists them all.",
  },
  UNSUPPORTED_STATEMENT: {
    meaning: "A function's `Policy` contains a statement that no AWS call can add.",
    whatToDo: "Write statements that allow one action to one principal.",
  },
  USAGE: {
    meaning: "The command line is invalid.",
    whatToDo: "Run `gatewright --help` to see the commands.",
  },
  VALUE_INVALID: {
    meaning:
      "`config.parameter` or `config.secret` was called with something that is no name, the secret is binary, or it has no text at the `key` that is asked for.",
    whatToDo: "Write the name as it is in AWS. With `key`, store the secret as a JSON object that has it.",
  },
  VALUE_NOT_FOUND: {
    meaning:
      "Parameter Store or Secrets Manager has no value of the name that the spec asks for, in the stage's account and region.",
    whatToDo:
      "Correct the name, or create the value first. A parameter of the spec itself is referred to with `getId`.",
  },
  VARIABLE_UNSET: {
    meaning:
      'A value of the spec is `undefined`, or a text with "undefined" in it, because it reads a variable of `process.env` that is not set and gives no default. A warning where a function\'s environment variable is undefined for another reason: the function then runs without it.',
    whatToDo:
      'Set `env` in the stage\'s settings, or give the value a default: `process.env.NAME ?? "…"`. To leave a property out, write `...(process.env.NAME && { Property: process.env.NAME })`.',
  },
  VISIBILITY_TIMEOUT_SHORT: {
    meaning:
      "Warning: a queue shows a received message again before the function that works on it has to be done, which AWS refuses.",
    whatToDo: "Set the queue's `VisibilityTimeout` to six times the function's `Timeout`.",
  },
  WAITS_IN_VAIN: {
    meaning:
      "A step was waiting for AWS to make its resource ready, and the step that was to bring that about failed: a certificate waits for its validation record.",
    whatToDo: "Fix the step that failed and apply again. The resource that AWS has made already is kept.",
  },
  WORKFLOW_NO_SERVER: {
    meaning:
      "`/lock`, `/unlock`, `/cancel` or `/preview` was sent to a bot that runs inside a workflow, which keeps no state.",
    whatToDo: "Cancel the workflow run on the Actions page, or run the bot as a server.",
  },
  WORKFLOW_ONLY: {
    meaning: "The bot's workflow mode was started outside a GitHub workflow.",
    whatToDo: "Use it as an action in a workflow, or start the server.",
  },
  WORKFLOW_TOKEN: {
    meaning: "The bot's workflow mode has no token.",
    whatToDo: "Leave `github-token` at its default, or pass an App's token.",
  },
};
