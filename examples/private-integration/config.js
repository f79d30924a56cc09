/**
 * The network is managed elsewhere: its subnets, a security group, and the listener of a load balancer in it.
 * @type {import("gatewright").ConfigFunction}
 */
module.exports = ({ region }) => ({
  subnets: ["subnet-0a1b2c3d4e5f60718", "subnet-1b2c3d4e5f6071829"],
  securityGroup: "sg-0a1b2c3d4e5f60718",
  listener: `arn:aws:elasticloadbalancing:${region}:123456789012:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2`,
});
