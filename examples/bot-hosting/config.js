/**
 * What is there already: the network, and in it the load balancer in front of the bot's container. The domain is a zone of its own,
 * whose name servers the zone above it names.
 * @type {import("gatewright").ConfigFunction}
 */
module.exports = ({ region }) => ({
  host: "gatewright.example.com",
  subnets: ["subnet-0a1b2c3d4e5f60718", "subnet-1b2c3d4e5f6071829"],
  securityGroup: "sg-0a1b2c3d4e5f60718",
  listener: `arn:aws:elasticloadbalancing:${region}:123456789012:listener/app/gatewright/50dc6c495c0c9188/f2f7dc8efc522ab2`,
});
