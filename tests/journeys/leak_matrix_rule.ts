// The one rule of visibility once more, as simply as it can be said, for the leak matrix to compare with.

export type Outcome = "hidden" | "gated" | "descriptions" | "open";
export type State = "draft" | "published" | "withdrawn" | "trashed";

export interface Grant {
  key: string;
  past_gate?: boolean;
}

/** What the rule needs to know of a story. */
export interface Ruled {
  state: State;
  gate: boolean;
  grants: Grant[];
  suspended?: boolean;  // by another than the author of the others, who is shut out
}

/** What the rule needs to know of who asks. */
export interface Asking {
  keys: string[];  // that still open something
  accepted: "nothing" | "descriptions" | "all";
  author?: boolean;
  blocked?: boolean;
}

/** Whether the story is theirs who is called the author. */
export const owns = (asking: Asking, story: Ruled): boolean => asking.author === true && !story.suspended;

export function outcome(asking: Asking, story: Ruled): Outcome {
  if (story.suspended) return "hidden";
  if (asking.author) return story.state === "trashed" ? "hidden" : "open";
  if (story.state !== "published" || asking.blocked) return "hidden";
  const met = story.grants.filter((grant) => asking.keys.includes(grant.key));
  if (!met.length) return "hidden";
  if (!story.gate || met.some((grant) => grant.past_gate) || asking.accepted === "all") return "open";
  return asking.accepted === "descriptions" ? "descriptions" : "gated";
}

/** Whether a rendition of a photo that this one story holds is shown. */
export function shows_photo(asking: Asking, story: Ruled): boolean {
  return owns(asking, story) || outcome(asking, story) === "open";
}

/** Whether a guest link of the story leads anywhere for whoever asks. */
export function link_leads(asking: Asking, story: Ruled, link: string): boolean {
  return outcome({ ...asking, keys: [...asking.keys, link] }, story) !== "hidden";
}
