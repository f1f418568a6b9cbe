import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Browser } from 'playwright-core';

/** A WHEP gateway of our own: a page that draws, encodes and sends over WebRTC, behind the HTTP that the protocol asks for. */
export interface WhepGateway {
  url: string;
  /** Views that are open. */
  views(): number;
  close(): Promise<void>;
}

interface SendingPage {
  sent: Map<string, RTCPeerConnection>;
  answer(id: string, offer: string): Promise<string>;
}

/** Runs in the page: draws a moving picture and answers offers with it. */
function prepare(): void {
  const canvas = document.body.appendChild(Object.assign(document.createElement('canvas'), { width: 640, height: 360 }));
  const context = canvas.getContext('2d')!;
  let step = 0;
  setInterval(() => {
    step += 1;
    context.fillStyle = '#24506e';
    context.fillRect(0, 0, 640, 360);
    context.fillStyle = '#ffffff';
    context.fillRect((step * 9) % 640, 160, 60, 40);
  }, 66);
  const stream = canvas.captureStream(15);
  const sent = new Map<string, RTCPeerConnection>();
  const page: SendingPage = {
    sent,
    async answer(id, offer) {
      const peer = new RTCPeerConnection();
      sent.set(id, peer);
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      peer.addTrack(stream.getVideoTracks()[0]!, stream);
      await peer.setLocalDescription(await peer.createAnswer());
      if (peer.iceGatheringState !== 'complete') await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && resolve(undefined)));
      return peer.localDescription!.sdp;
    },
  };
  Object.assign(window, { gateway: page });
}

export async function startWhepGateway(browser: Browser): Promise<WhepGateway> {
  const page = await browser.newPage();
  await page.route('**/gateway.html', (route) => route.fulfill({ contentType: 'text/html', body: '<body></body>' }));
  await page.goto('http://127.0.0.1/gateway.html');
  await page.evaluate(prepare);
  const open = new Set<string>();
  let isOver = false;
  let next = 0;
  const server = createServer(async (request, reply) => {
    if (request.method === 'DELETE') {
      const id = request.url!.split('/').at(-1)!;
      open.delete(id);
      // A view may still be taken back while the gateway itself goes.
      if (!isOver) await page.evaluate((which) => (window as unknown as { gateway: SendingPage }).gateway.sent.get(which)?.close(), id).catch((error: unknown) => isOver || Promise.reject(error));
      return void reply.end();
    }
    const id = String((next += 1));
    const sdp = await page.evaluate(([which, offer]) => (window as unknown as { gateway: SendingPage }).gateway.answer(which, offer), [id, await text(request)] as const);
    open.add(id);
    reply.writeHead(201, { 'content-type': 'application/sdp', location: `/whep/view/${id}` }).end(sdp);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cam/whep`,
    views: () => open.size,
    async close() {
      isOver = true;
      server.closeAllConnections();
      server.close();
      await page.close();
    },
  };
}
