/** What happens to a pull request, as far as its preview is concerned. */
import { fullName, type RepositoryRef } from "../../../src/model/repository.ts";
import type { RunSummary } from "../../../src/model/run.ts";
import { type Settings, settingsSchema } from "../../../src/settings/schema.ts";
import { messageOf, userErrors } from "../../../src/model/errors.ts";
import { changePreview } from "../../commands/previews/change.ts";
import { isLabelled, type Occasion } from "../../commands/previews/decide.ts";
import type { Asking } from "../../commands/previews/stacks.ts";
import { readPerson } from "../../gates/facts/person.ts";
import { permission } from "../../gates/permission.ts";
import type { Services } from "../../services/services.ts";
import type { Preview } from "../../services/store.ts";
import { loadSettings } from "../../stacks/settings/load.ts";

export interface PullEvent {
  readonly repository: RepositoryRef;
  readonly pull: number;
  /** Who did it. */
  readonly login: string;
  /** The label that was given; undefined for what else happened. */
  readonly label?: string | undefined;
}

/**
 * Opened, reopened, pushed to, labelled. Asks GitHub nothing where the settings that were read last have no previews and the pull request
 * has none, nor about labels that are none of previews': they would bring back one whose time is over.
 */
export async function onPreviewHead(services: Services, event: PullEvent): Promise<void> {
  const { repository, login, label } = event;
  const settings = await previewSettings(services, repository, label);
  const known = await services.store.previewOf(repository.id, event.pull);
  const isKept = known !== undefined && known.goneAt === undefined;
  const isAsked = settings?.automatic === true || settings?.label !== undefined;
  if (settings === undefined || !(isAsked || isKept)) return;
  if (label !== undefined && !isLabelled({ settings, pull: { labels: [label] } })) return;
  const request = await services.github(repository);
  const { passed } = permission(await readPerson(request, repository, login, settings.allowed));
  await change(services, event, { kind: "head", login, allowed: passed });
}

export function onPreviewUnlabeled(services: Services, event: PullEvent): Promise<void> {
  return changeKept(services, event, { kind: "unlabeled" });
}

export function onPreviewClosed(services: Services, event: Omit<PullEvent, "login">): Promise<void> {
  return changeKept(services, event, { kind: "look" });
}

/** A preview whose pull request was closed, pushed to or forgotten while nobody listened, or whose deletion failed. */
export async function sweepPreviews(services: Services): Promise<void> {
  const previews = await services.store.listPreviews();
  for (const ours of Map.groupBy(previews, ({ repository }) => repository.id).values())
    await sweepOf(services, ours);
}

/** Of one repository: its settings are read once, however many previews it has. */
async function sweepOf(services: Services, previews: readonly Preview[]): Promise<void> {
  // It may have been renamed: what was stored last knows that.
  const newest = previews.reduce((one, other) => (other.changedAt > one.changedAt ? other : one));
  const unlooked = (error: unknown, pull?: number): void =>
    services.log.warn(
      {
        repository: fullName(newest.repository),
        ...(pull === undefined ? {} : { pull }),
        error: messageOf(error),
      },
      "could not look after a preview",
    );
  let settings: Settings;
  try {
    settings = (await loadSettings(services, newest.repository)).settings;
  } catch (error) {
    unlooked(error);
    return;
  }
  for (const { repository, pull } of previews)
    try {
      await change(services, { repository, pull }, { kind: "look" }, { settings });
    } catch (error) {
      unlooked(error, pull);
    }
}

/** The runs of a preview have ended. */
export async function continuePreview({ store }: Services, ended: readonly RunSummary[]): Promise<void> {
  const [first] = ended;
  if (first?.cause.by !== "preview" || first.kind !== "destroy") return;
  if (!ended.every(({ state }) => state === "succeeded")) return;
  const { pull, version } = first.cause;
  await store.endPreview({ repository: first.stack.repository, pull, version });
}

async function changeKept(
  services: Services,
  event: Omit<PullEvent, "login">,
  occasion: Occasion,
): Promise<void> {
  const known = await services.store.previewOf(event.repository.id, event.pull);
  if (known !== undefined && known.goneAt === undefined) await change(services, event, occasion);
}

/** Nobody has asked, so nobody is answered: what is wrong with the settings or the spec's place is said by the head's check. */
async function change(
  services: Services,
  { repository, pull }: Omit<PullEvent, "login">,
  occasion: Occasion,
  asking: Asking = {},
): Promise<void> {
  try {
    await changePreview(services, repository, pull, occasion, asking);
  } catch (error) {
    const [known] = userErrors(error) ?? [];
    if (known === undefined || known.code.startsWith("GITHUB_")) throw error;
    services.log.warn(
      { repository: fullName(repository), pull, code: known.code, reason: known.message },
      "a preview stays as it is",
    );
  }
}

/** A label may be what first tells of a repository: its pull request was opened before the bot came. Whatever else happens reads settings. */
async function previewSettings(services: Services, repository: RepositoryRef, label: string | undefined) {
  const last = await services.store.lastSettings(repository.id);
  if (last !== undefined) return settingsSchema.parse(last).preview;
  if (label === undefined) return undefined;
  try {
    return (await loadSettings(services, repository)).settings.preview;
  } catch (error) {
    if (userErrors(error)?.some(({ code }) => !code.startsWith("GITHUB_")) === true) return undefined;
    throw error;
  }
}
