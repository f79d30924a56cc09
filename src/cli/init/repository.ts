/** What git knows about the repository around a folder. Nothing is asked over the network. */
import { execFileSync } from "node:child_process";
import { isRepository } from "./answers.ts";

interface GitFacts {
  /** `acme/shop`, from the address of `origin`. */
  readonly repository: string | undefined;
  /** The default branch, as far as a clone knows it. */
  readonly branch: string;
}

export function gitFacts(folder: string): GitFacts {
  const origin = git(folder, "remote", "get-url", "origin");
  const head = git(folder, "symbolic-ref", "--short", "refs/remotes/origin/HEAD");
  const current = git(folder, "symbolic-ref", "--short", "HEAD");
  return {
    repository: origin === undefined ? undefined : repositoryOf(origin),
    branch: head?.replace(/^origin\//, "") ?? (current === "master" ? "master" : "main"),
  };
}

/** `git@github.com:acme/shop.git`, `https://github.com/acme/shop` → `acme/shop` */
export function repositoryOf(address: string): string | undefined {
  const name = /(?:@[^:/]+[:/]|:\/\/[^/]+\/)([^:/]+\/[^/]+?)(?:\.git)?\/?$/.exec(address)?.[1];
  return name !== undefined && isRepository(name) ? name : undefined;
}

function git(folder: string, ...args: readonly string[]): string | undefined {
  try {
    const text = execFileSync("git", args, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return text.trim() || undefined;
  } catch {
    // No git, no repository, or nothing that is called so.
    return undefined;
  }
}
