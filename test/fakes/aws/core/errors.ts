/** An error as AWS answers it: a code, an HTTP status and the members of its shape. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly members: Record<string, unknown>;

  constructor(code: string, message: string, status = 400, members: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** Thrown instead of an answer when a fault cuts the connection. */
export class ConnectionCut extends Error {
  readonly code = "ECONNRESET";
  constructor() {
    super("socket hang up");
    this.name = "Error";
  }
}
