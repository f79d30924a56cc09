/** Which Node runs this. Asked before code is loaded that an older one cannot parse or link. */

/** True if `version` (`v20.11.1`) is older than `major.minor`. */
export function isOlder(version: string, major: number, minor = 0): boolean {
  const [ours = 0, ourMinor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return ours < major || (ours === major && ourMinor < minor);
}
