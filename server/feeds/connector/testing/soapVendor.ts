import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import type { makeCertificates } from './certificates.ts';

/** A vendor that speaks SOAP and lets in only those who show a certificate of its authority. */
export interface SoapVendor {
  url: string;
  mood: 'good' | 'fault' | 'cut' | 'down';
  /** Times as written in Việt Nam, without a zone. */
  records: { ma: string; thoiGian: string; noiDung: string; giaTri: string; lon: number; lat: number }[];
  bodies: string[];
  useExpired(isExpired: boolean): void;
  close(): Promise<void>;
}

const envelope = (inner: string) => `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${inner}</soap:Body></soap:Envelope>`;

export async function startSoapVendor(certificates: ReturnType<typeof makeCertificates>): Promise<SoapVendor> {
  const { authority, server: good, expiredServer } = certificates;
  const contextOf = (identity: typeof good) => ({ cert: identity.certificate, key: identity.privateKey, ca: authority.certificate });
  const server = createServer({ ...contextOf(good), requestCert: true, rejectUnauthorized: true }, (request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      vendor.bodies.push(body);
      if (vendor.mood === 'down' || !(request.socket as TLSSocket).authorized) return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
      if (vendor.mood === 'fault') return void response.end(envelope('<soap:Fault><faultcode>soap:Server</faultcode><faultstring>Phiên làm việc đã hết hạn</faultstring></soap:Fault>'));
      const rows = vendor.records.map((row) => `<Row>${Object.entries(row).map(([name, value]) => `<${name}>${value}</${name}>`).join('')}</Row>`).join('');
      const text = envelope(`<LayMucNuocResponse xmlns="urn:tram"><KetQua>${rows}</KetQua></LayMucNuocResponse>`);
      response.end(vendor.mood === 'cut' ? text.slice(0, text.length - 60) : text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const vendor: SoapVendor = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/Tram.svc`,
    mood: 'good',
    records: [],
    bodies: [],
    useExpired(isExpired) {
      server.setSecureContext(contextOf(isExpired ? expiredServer : good));
      server.closeAllConnections();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return vendor;
}
