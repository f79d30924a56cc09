/** How EventBridge's types change their tags. */
import type { EventBridge } from "@aws-sdk/client-eventbridge";
import type { TagCalls } from "../definition.ts";
import { tagList } from "../live-values.ts";

export const eventTags: TagCalls<EventBridge> = {
  style: "list",
  set: (client, ResourceARN, added) => client.tagResource({ ResourceARN, Tags: tagList(added) }),
  remove: (client, ResourceARN, TagKeys) => client.untagResource({ ResourceARN, TagKeys }),
};
