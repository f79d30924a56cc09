import * as client from "@aws-sdk/client-iam";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import type { Tagged } from "../core/service.ts";
import { table } from "../core/table.ts";
import { type AccountState, need } from "../state.ts";
import { addTags, exists, invalidInput, noSuchEntity, tagList } from "./common.ts";

interface Provider {
  readonly arn: string;
  readonly url: string;
  readonly created: Date;
  readonly clients: Set<string>;
  thumbprints: string[];
  readonly tags: Map<string, string>;
}

const providers = table<AccountState, Provider>();
const on = sdk<client.IAM>(client);

/** What AWS finds out by itself where none is given. */
const FOUND = "ffffffffffffffffffffffffffffffffffffffff";

function provider(ctx: Ctx, arn = ""): Provider {
  return need(providers(ctx.account).get(arn), () =>
    noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`),
  );
}

export const taggedProviders = (ctx: Ctx): Tagged[] =>
  [...providers(ctx.account).values()].map(({ arn, tags }) => ({ arn, tags }));

export const oidcOperations = [
  on(
    "createOpenIDConnectProvider",
    (ctx, { Url = "", ClientIDList = [], ThumbprintList = [], Tags = [] }) => {
      if (!Url.startsWith("https://")) throw invalidInput("Invalid Open ID Connect Provider URL");
      const url = Url.slice("https://".length);
      const arn = `arn:${ctx.partition}:iam::${ctx.accountId}:oidc-provider/${url}`;
      if (providers(ctx.account).has(arn)) throw exists(`Provider with url ${Url} already exists.`);
      const tags = new Map<string, string>();
      addTags(ctx, tags, Tags);
      const thumbprints = ThumbprintList.length > 0 ? ThumbprintList : [FOUND];
      const made = { arn, url, created: ctx.now(), clients: new Set(ClientIDList), thumbprints, tags };
      providers(ctx.account).set(arn, made);
      return { OpenIDConnectProviderArn: arn, Tags: tagList(tags) };
    },
  ),
  on("getOpenIDConnectProvider", (ctx, { OpenIDConnectProviderArn }) => {
    const { url, clients, thumbprints, created, tags } = provider(ctx, OpenIDConnectProviderArn);
    // Without the scheme.
    return {
      Url: url,
      ClientIDList: [...clients],
      ThumbprintList: thumbprints,
      CreateDate: created,
      Tags: tagList(tags),
    };
  }),
  on("addClientIDToOpenIDConnectProvider", (ctx, { OpenIDConnectProviderArn, ClientID = "" }) => {
    const { clients } = provider(ctx, OpenIDConnectProviderArn);
    if (clients.size >= 100 && !clients.has(ClientID))
      throw new AwsError(
        "LimitExceededException",
        "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
        409,
      );
    clients.add(ClientID);
  }),
  on("removeClientIDFromOpenIDConnectProvider", (ctx, { OpenIDConnectProviderArn, ClientID = "" }) => {
    provider(ctx, OpenIDConnectProviderArn).clients.delete(ClientID);
  }),
  on("updateOpenIDConnectProviderThumbprint", (ctx, { OpenIDConnectProviderArn, ThumbprintList = [] }) => {
    if (ThumbprintList.length === 0) throw invalidInput("Thumbprint list must contain at least one entry.");
    provider(ctx, OpenIDConnectProviderArn).thumbprints = ThumbprintList;
  }),
  on("deleteOpenIDConnectProvider", (ctx, { OpenIDConnectProviderArn = "" }) => {
    provider(ctx, OpenIDConnectProviderArn);
    providers(ctx.account).delete(OpenIDConnectProviderArn);
  }),
  on("tagOpenIDConnectProvider", (ctx, { OpenIDConnectProviderArn, Tags = [] }) => {
    addTags(ctx, provider(ctx, OpenIDConnectProviderArn).tags, Tags);
  }),
  on("untagOpenIDConnectProvider", (ctx, { OpenIDConnectProviderArn, TagKeys = [] }) => {
    for (const key of TagKeys) provider(ctx, OpenIDConnectProviderArn).tags.delete(key);
  }),
];
