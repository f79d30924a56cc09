import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);
async function during(io,what,aws,work){io.note(`${what()}…`);let timer=setInterval(()=>io.note(`${what()}: ${aws.calls()} AWS calls so far…`),5e3);try{return await work()}finally{clearInterval(timer)}}export{during};
