/** The short form of a commit's SHA, as on GitHub: `1a2b3c4`. */
export function shortSha(sha: string): string {
  return sha.slice(0, 7);
}
