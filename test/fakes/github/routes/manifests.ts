import { created, type Call, type Operations } from "../http/call.ts";
import { found } from "../http/errors.ts";
import { isRecord, text, texts } from "../json.ts";
import { addApp } from "../set-up.ts";
import type { Level } from "../state/types.ts";
import { secret } from "../state/world.ts";
import { appView } from "../views/app.ts";

/** A manifest's code becomes an App, once. */
function convert(call: Call) {
  const code = call.params.code ?? "";
  const { manifest, owner } = found(call.signIn.manifests.get(code));
  call.signIn.manifests.delete(code);
  const hook = isRecord(manifest.hook_attributes) ? manifest.hook_attributes : {};
  const permissions: Record<string, Level> = {};
  for (const [name, level] of Object.entries(
    isRecord(manifest.default_permissions) ? manifest.default_permissions : {},
  ))
    if (level === "read" || level === "write" || level === "admin") permissions[name] = level;
  const name = text(manifest, "name") ?? "app";
  const url = text(hook, "url");
  const webhookSecret = secret("");
  const app = addApp(call.world, {
    slug: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-"),
    name,
    owner: owner.login,
    permissions,
    events: texts(manifest, "default_events"),
    webhookSecret,
    ...(url ? { webhookUrl: url } : {}),
  });
  return created({
    ...appView(call.world, app),
    client_secret: app.clientSecret,
    webhook_secret: webhookSecret,
    pem: app.privateKey ?? "",
  });
}

/** The last step of the manifest flow. */
export const manifests: Operations = {
  "apps/create-from-manifest": { on: "anyone", handle: convert },
};
