/** How paths of values are written, in the sandbox and outside. */

/** `properties.Configuration["a-b"]` */
export function member(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
