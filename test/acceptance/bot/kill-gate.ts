/**
 * Stands between the bot and the world, GitHub or AWS, and holds a write: right before it is carried out, or right after,
 * before its answer gets back. While it is held the test kills the bot; a request of the dead is dropped, not sent on.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listen, receive } from "../../fakes/aws/core/http-server.ts";
import type { WireRequest } from "../../fakes/aws/wire/message.ts";
import { createUpstream } from "../../fakes/proxy/forward.ts";

/** A write of one story: what the gate holds and counts. */
export interface Named {
  readonly story: string;
  /** `aws CreateRoute`, `github POST deployments` */
  readonly write: string;
}

/** Where in a story its process is killed. `nth` counts equal writes from 1. */
export interface Point {
  readonly write: string;
  readonly nth: number;
  readonly when: "before" | "after";
}

export interface Gate {
  /** The address to give to the bot instead of `upstream`'s. */
  through(upstream: string, name: (request: WireRequest) => Named | undefined): Promise<string>;
  /** What of a story was carried out since it was watched, in order. */
  writesOf(story: string): readonly string[];
  /** Counts a story's writes from nothing, and holds one of them when it comes. */
  watch(story: string, point?: Point): void;
  /** The write has come, and is held. */
  holds(story: string): boolean;
  /** Held requests go on. */
  release(): void;
  /** Who sent the held requests is dead. */
  drop(): void;
  close(): Promise<void>;
}

interface Watched {
  readonly come: string[];
  readonly done: string[];
  readonly point: Point | undefined;
  state: "waiting" | "held" | "over";
}

type Fate = "go on" | "drop";

export function createGate(): Gate {
  const stories = new Map<string, Watched>();
  const closing: (() => Promise<void>)[] = [];
  let held: { readonly watched: Watched; readonly decide: (fate: Fate) => void }[] = [];

  const isDue = (watched: Watched | undefined, write: string): watched is Watched => {
    watched?.come.push(write);
    const point = watched?.point;
    if (watched?.state !== "waiting" || point === undefined) return false;
    return point.write === write && watched.come.filter((one) => one === write).length === point.nth;
  };
  const hold = (watched: Watched): Promise<Fate> =>
    new Promise((decide) => {
      watched.state = "held";
      held.push({ watched, decide });
    });
  const decideAll = (fate: Fate): void => {
    const all = held;
    held = [];
    for (const { watched, decide } of all) {
      watched.state = "over";
      decide(fate);
    }
  };

  return {
    through: async (url, name) => {
      const upstream = createUpstream(url);
      const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
        const request = await receive(incoming);
        const named = name(request);
        const watched = named === undefined ? undefined : stories.get(named.story);
        const due = named !== undefined && isDue(watched, named.write);
        if (due && watched?.point?.when === "before" && (await hold(watched)) === "drop") return;
        const answer = await upstream.forward(request, incoming.url);
        // Of the story as it was watched when this came: what is on its way when the watch begins anew is not of it.
        if (named !== undefined) watched?.done.push(named.write);
        if (due && watched?.point?.when === "after" && (await hold(watched)) === "drop") return;
        response.writeHead(answer.status, {
          ...answer.headers,
          "content-length": String(answer.body.length),
        });
        response.end(answer.body);
      };
      const server = await listen(
        createServer((incoming, response) => {
          handle(incoming, response).catch(() => incoming.socket.destroy());
        }),
      );
      closing.push(async () => {
        await server.close();
        upstream.close();
      });
      return server.url;
    },
    writesOf: (story) => stories.get(story)?.done ?? [],
    watch: (story, point) => void stories.set(story, { come: [], done: [], point, state: "waiting" }),
    holds: (story) => stories.get(story)?.state === "held",
    release: () => decideAll("go on"),
    drop: () => decideAll("drop"),
    close: async () => {
      decideAll("drop");
      await Promise.all(closing.map((close) => close()));
    },
  };
}
