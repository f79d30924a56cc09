/** The facts that the gates are evaluated on, as of the command. Data only. */
import type { Missing } from "../../../src/github/built/choose.ts";
import type { GateName } from "../../../src/model/gate.ts";
import type { Hold, Lock } from "../../../src/model/run.ts";

/** A reviewer's latest review that counts. */
export interface ReviewFact {
  readonly login: string;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  /** The head it was given for. */
  readonly sha: string;
  readonly at: Date;
  /** `unknown`: their permission could not be read. Such an approval does not count, such an objection does. */
  readonly canWrite: boolean | "unknown";
  /** An App's account, or one that is gone: it can object, and never approves. */
  readonly isBot: boolean;
}

/** A check run of one App, workflow and name on the head, or a status of one author and context. */
export interface CheckFact {
  readonly name: string;
  /** The App's slug, or the login of the status's author. */
  readonly from: string;
  readonly state: "green" | "pending" | "red";
}

/** The facts that are asked of GitHub. */
export type Asked =
  | "permission"
  | "teams"
  | "reviews"
  | "checks"
  | "behindBy"
  | "pushers"
  | "built"
  | "environments"
  | "since";
export type Unread = Readonly<Partial<Record<Asked, string>>>;

/** A stage that the stack's stage needs, and whether it has what is to be applied. */
export interface NeedFact {
  readonly stage: string;
  readonly applied: boolean;
  /** Where it is deployed from another branch than the stage that needs it. */
  readonly branch?: string | undefined;
}

/** What one head is judged by. */
export type HeadFacts = Pick<
  Facts,
  "pull" | "author" | "headSha" | "pushers" | "reviews" | "checks" | "unread"
>;

/** What a branch has besides a pull request: another one that was merged, or a commit that was pushed past them. */
export interface MergedFact {
  readonly sha: string;
  /** Of the pull request; missing where there is none. */
  readonly facts?: HeadFacts | undefined;
}

/** The artifacts that a stack's spec names, and why the first one that is missing is not there. */
export interface BuiltFact {
  readonly names: readonly string[];
  readonly missing: Missing | undefined;
  /** The stage wants attestations. */
  readonly attested?: boolean | undefined;
}

/** An environment of the stage that has protection rules, and what is known of each rule. */
export interface EnvironmentFact {
  readonly name: string;
  /** Logins and `org/team` slugs, of whom one has to agree; none where nobody has to. */
  readonly reviewers: readonly string[];
  /** Whoever asks does not count as one of them. */
  readonly preventsSelfReview: boolean;
  /** The pull request's reviews are of what is deployed: the branch has not moved on since its merge. */
  readonly isReviewed: boolean;
  /** The reviewer who approved the head, or who asks; undefined for none. */
  readonly agreed: { readonly login: string; readonly asks: boolean } | "unknown" | undefined;
  readonly waitMinutes: number;
  /** The newest approval of the head, or when it came where nobody approves it here: on a drift issue, by a push. */
  readonly waitsFrom: Date | undefined;
  /** What is deployed, and whether the environment takes it. */
  readonly branch: string;
  readonly takesBranch: boolean;
  /** The patterns of those that it takes; none where it takes all. */
  readonly branches: readonly string[] | "protected";
  /** Rules of kinds that are not known here. */
  readonly unknownRules: readonly string[];
}

/** What is known at the moment of the command. `undefined` means "could not be read" and never passes a gate. */
export interface Facts {
  readonly command: "apply" | "destroy" | "adopt" | "rollback" | "other";
  readonly login: string;
  /** `admin`, `maintain`, `write`, `triage`, `read`, `none` */
  readonly permission: string | undefined;
  /** The stage's allow-list: logins and `org/team` slugs; undefined allows every writer. */
  readonly allowed?: readonly string[] | undefined;
  /** Teams (`org/team`) of the login, of those in `allowed`. */
  readonly teams?: readonly string[] | undefined;
  readonly author: string;
  readonly headSha: string;
  /** Logins of those who pushed the head. */
  readonly pushers: readonly string[] | undefined;
  readonly pull: number;
  readonly reviews: readonly ReviewFact[] | undefined;
  readonly checks: readonly CheckFact[] | undefined;
  /** Number of commits on the base that the head does not have. */
  readonly behindBy: number | undefined;
  /** Why something could not be read, as the next step: for a refusal that the same question would get again. */
  readonly unread?: Unread | undefined;
  readonly lock: Lock | undefined | "unknown";
  /** The pull request that was applied to the stack and is not merged yet. */
  readonly hold?: Hold | undefined | "unknown";
  /** Of an apply; missing where nothing is to be applied. */
  readonly needs?: readonly NeedFact[] | undefined | "unknown";
  /** Of an apply; missing where no code is built. */
  readonly built?: BuiltFact | undefined | "unknown";
  /** On a server; those without a rule are left out, and missing where there is none. */
  readonly environments?: readonly EnvironmentFact[] | undefined | "unknown";
  /** The plan id that was typed, and the digest of the newest plan that was shown; that of nothing shown is the typed one. */
  readonly askedPlanId?: string | undefined;
  readonly currentPlanId?: string | undefined;
  /** The newest plan is known from a comment alone, which any writer can edit, although the bot keeps records. */
  readonly onlyInComment?: boolean | undefined;
  /** The head that the newest plan was computed for. */
  readonly plannedSha?: string | undefined;
  /** Planned and applied instead of the pull request's head, which is closed. */
  readonly branchSha?: string | undefined;
  /** Of a branch's commit: the gates that the pull request's own head has to pass, and what else the commit brings to the stack. */
  readonly since?:
    | { readonly own: readonly GateName[]; readonly merged: readonly MergedFact[] | "unknown" }
    | undefined;
  readonly now: Date;
}
