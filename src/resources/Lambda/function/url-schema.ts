/** A function's own URL: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
import { optional, required } from "../../facts.ts";
import { lowerCased } from "../../live-values.ts";
import { enumText, flag, patternText, properties, textList, wholeNumber } from "../../schema.ts";

const headerName = patternText(/^.{0,1024}$/, "a header's name");
// Lambda answers OPTIONS itself.
const corsMethod = patternText(
  /^(GET|PUT|HEAD|POST|PATCH|DELETE|\*)$/i,
  "one of GET, PUT, HEAD, POST, PATCH, DELETE and * (Lambda answers OPTIONS itself)",
);
const corsOrigin = patternText(
  /^(\*|[a-z][\w+.-]*:\/\/\S{1,240})$/i,
  'an origin such as "https://example.com", or *',
);

const cors = properties({
  AllowCredentials: optional(flag(), "Cookies and credentials are allowed.", { defaultWords: "false" }),
  AllowHeaders: optional(textList(headerName, 100), "Headers that a page may send.", {
    unordered: true,
    spelling: lowerCased,
  }),
  AllowMethods: optional(textList(corsMethod, 6), "Methods that a page may use.", { unordered: true }),
  AllowOrigins: optional(textList(corsOrigin, 100), "Origins that may call the URL.", { unordered: true }),
  ExposeHeaders: optional(textList(headerName, 100), "Response headers that a page may read.", {
    unordered: true,
    spelling: lowerCased,
  }),
  MaxAge: optional(wholeNumber(0, 86400), "Seconds for which a browser caches the response.", {
    defaultWords: "0",
  }),
});

export const functionUrl = properties({
  AuthType: required(
    enumText("NONE", "AWS_IAM"),
    "NONE: anybody may call the URL; the statements that allow it are added to the function's Lambda::Permission. AWS_IAM: signed requests only.",
  ),
  Cors: optional(cors, "Cross-origin calls.", { defaultWords: "none" }),
  InvokeMode: optional(enumText("BUFFERED", "RESPONSE_STREAM"), "How responses are returned.", {
    default: "BUFFERED",
  }),
});
