/** Base64 in lines of 60 characters, each ended by a newline: that is how GitHub sends it. */
export function base64Lines(content: Buffer): string {
  return content.toString("base64").replaceAll(/.{1,60}/g, "$&\n");
}
