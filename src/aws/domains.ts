/** The domains of AWS's services, as the SDK's table of partitions has them. For the source of a regular expression. */
export const AWS_DOMAIN = [
  "amazonaws.com",
  "amazonaws.com.cn",
  "amazonaws.eu",
  "c2s.ic.gov",
  "sc2s.sgov.gov",
  "cloud.adc-e.uk",
  "csp.hci.ic.gov",
]
  .map((domain) => domain.replaceAll(".", "\\."))
  .join("|");
