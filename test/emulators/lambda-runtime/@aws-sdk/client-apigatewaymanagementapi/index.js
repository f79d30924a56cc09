/**
 * In place of the client that Lambda's Node.js runtime includes. Functions give it the API's own address, over HTTPS;
 * MiniStack answers on one port, without TLS, and knows the API by `Host`.
 */
const { request } = require("node:http");

exports.ApiGatewayManagementApi = class {
  constructor({ endpoint }) {
    this.endpoint = new URL(endpoint);
  }

  postToConnection({ ConnectionId, Data }) {
    const { host, pathname } = this.endpoint;
    const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL);
    const path = `${pathname}/@connections/${encodeURIComponent(ConnectionId)}`;
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, path, method: "POST", headers: { host } }, (answer) => {
        answer.resume();
        answer.once("end", () => {
          if (answer.statusCode === 200) return resolve({});
          const name = answer.headers["x-amzn-errortype"];
          return reject(Object.assign(new Error(`${name} ${answer.statusCode}`), { name }));
        });
      });
      sent.once("error", reject);
      sent.end(Data);
    });
  }
};
