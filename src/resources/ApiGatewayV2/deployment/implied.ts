/**
 * Adds deployments that the spec need not contain, and sets aside those that AutoDeploy creates. A stage with
 * AutoDeploy serves every change at once; any other stage serves its last deployment, so it always gets one.
 */

import { isEmpty } from "../../../model/values.ts";
import type { Arranged, Draft, NameIndex, NothingToDo, TypeRules } from "../../../spec/type-rules.ts";
import { resourceKey } from "../../../spec/types.ts";
import { API, DEPLOYMENT, STAGE } from "../common.ts";

/** The drafts with implied deployments added, every one tied to its stage, and satisfied ones set aside. */
export function withDeployments(type: TypeRules, drafts: readonly Draft[], index: NameIndex): Arranged {
  const stages = drafts.filter((draft) => draft.type.type === STAGE);
  const satisfied = new Map<Draft, NothingToDo>();
  const served = new Set<string>();
  const tied = drafts.map((draft) => {
    if (draft.type.type !== DEPLOYMENT) return draft;
    const reason = satisfiedBy(draft, stages, index);
    if (reason !== undefined) {
      satisfied.set(draft, reason);
      return draft;
    }
    const stage = stageOf(draft, index) ?? onlyStage(draft, stages, index);
    if (stage === undefined) return draft;
    served.add(stage.key);
    return {
      ...draft,
      entry: { ...draft.entry, dependencies: { ...draft.entry.dependencies, stage: [stage.name] } },
    };
  });
  const implied = stages
    .filter((stage) => isDeployed(stage) && !stage.readOnly && !served.has(stage.key))
    .flatMap((stage) => impliedFor(stage, type, index));
  const needed = toldApart([...tied.filter((draft) => !satisfied.has(draft)), ...implied]);
  // An implied one takes the place of a satisfied one of its name: `AutoDeployed`, but the stage does not deploy.
  const taken = new Set(needed.map(({ key }) => key));
  const nothingToDo = [...satisfied].filter(([{ key }]) => !taken.has(key));
  return {
    drafts: needed,
    satisfied: nothingToDo.map(([draft, reason]) => ({ draft, reason })),
  };
}

function impliedFor(stage: Draft, type: TypeRules, index: NameIndex): readonly Draft[] {
  const api = apiOf(stage, index);
  if (api === undefined) return [];
  const name = `deployment::${api.name}`;
  return [
    {
      type,
      entry: { name, properties: {}, dependencies: { api: [api.name], stage: [stage.name] } },
      name,
      key: resourceKey(DEPLOYMENT, name),
      aliases: [],
      readOnly: false,
      implied: true,
      ...(stage.at === undefined ? {} : { at: stage.at }),
    },
  ];
}

function autoDeploys(stage: Draft): boolean {
  return stage.entry.properties.AutoDeploy === true;
}

/** Neither deploys automatically nor is pinned to a deployment that the user chose. */
function isDeployed(stage: Draft): boolean {
  return !autoDeploys(stage) && isEmpty(stage.entry.properties.DeploymentId);
}

/** Why nothing has to be done for it, when nothing has. */
function satisfiedBy(draft: Draft, stages: readonly Draft[], index: NameIndex): NothingToDo | undefined {
  const own = stageOf(draft, index);
  if (own !== undefined && autoDeploys(own)) return { kind: "auto-deploy", stages: [own.name] };
  if (draft.entry.properties.AutoDeployed === true) return { kind: "auto-deployed" };
  if (own !== undefined) return undefined;
  const api = apiOf(draft, index);
  const all = stages.filter((stage) => api !== undefined && apiOf(stage, index)?.key === api.key);
  return all.length > 0 && all.every(autoDeploys)
    ? { kind: "auto-deploy", stages: all.map(({ name }) => name) }
    : undefined;
}

function stageOf(draft: Draft, index: NameIndex): Draft | undefined {
  const [name] = draft.entry.dependencies.stage ?? [];
  if (name === undefined) return undefined;
  const found = index.find(STAGE, name);
  const api = apiOf(draft, index);
  return found.find((stage) => api !== undefined && apiOf(stage, index)?.key === api.key) ?? found[0];
}

/** A deployment that names no stage is that of the only one it can be for. */
function onlyStage(draft: Draft, stages: readonly Draft[], index: NameIndex): Draft | undefined {
  const api = apiOf(draft, index);
  const all = stages.filter(
    (stage) => isDeployed(stage) && api !== undefined && apiOf(stage, index)?.key === api.key,
  );
  return all.length === 1 ? all[0] : undefined;
}

function apiOf(draft: Draft, index: NameIndex): Draft | undefined {
  const [name] = draft.entry.dependencies.api ?? [];
  return name === undefined ? undefined : index.find(API, name)[0];
}

/** Several deployments of one api get their stages' names behind the api's. */
function toldApart(drafts: readonly Draft[]): readonly Draft[] {
  const counts = new Map<string, number>();
  for (const { key, type } of drafts) {
    if (type.type === DEPLOYMENT) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return drafts.map((draft) => {
    const [api] = draft.entry.dependencies.api ?? [];
    const [stage] = draft.entry.dependencies.stage ?? [];
    if ((counts.get(draft.key) ?? 0) < 2 || api === undefined || stage === undefined) return draft;
    const short = stage.startsWith(`${api}::`) ? stage.slice(api.length + 2) : stage;
    const name = `${draft.name}::${short}`;
    return { ...draft, name, key: resourceKey(DEPLOYMENT, name), aliases: [...draft.aliases, draft.name] };
  });
}
