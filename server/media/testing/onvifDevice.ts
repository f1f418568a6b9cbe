import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A camera of our own that speaks ONVIF, for tests: profiles, addresses, steering, presets, recordings, and a clock that may be wrong. */
export interface OnvifDevice {
  address: string;
  /** What it was told to do, in order. */
  acts: readonly string[];
  close(): Promise<void>;
}

export interface OnvifDeviceOptions {
  login: { user: string; password: string };
  rtsp: string;
  clockOffsetMs?: number;
  canSteer?: boolean;
  now: () => number;
}

const DISCOVERY = { port: 3702, group: '239.255.255.250' };
const envelope = (body: string) => `<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl" xmlns:trc="http://www.onvif.org/ver10/recording/wsdl" xmlns:trp="http://www.onvif.org/ver10/replay/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"><s:Body>${body}</s:Body></s:Envelope>`;
const SERVICES = { 'ver10/device': 'device_service', 'ver10/media': 'media', 'ver20/ptz': 'ptz', 'ver10/recording': 'recording', 'ver10/replay': 'replay' };

function isSigned(request: string, { user, password }: OnvifDeviceOptions['login']): boolean {
  const part = (name: string) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(request)?.[1] ?? '';
  const digest = createHash('sha1').update(Buffer.concat([Buffer.from(part('Nonce'), 'base64'), Buffer.from(part('Created') + password)])).digest('base64');
  return part('Username') === user && part('Password') === digest;
}

const profile = (token: string, encoding: string, width: number, height: number, canSteer: boolean) =>
  `<trt:Profiles token="${token}" fixed="true"><tt:Name>${token}</tt:Name><tt:VideoSourceConfiguration token="vsc"><tt:Name>v</tt:Name><tt:SourceToken>vs</tt:SourceToken><tt:Bounds x="0" y="0" width="${width}" height="${height}"/></tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="${token}e"><tt:Name>${token}</tt:Name><tt:Encoding>${encoding}</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration>${canSteer ? '<tt:PTZConfiguration token="p"><tt:Name>p</tt:Name><tt:NodeToken>n</tt:NodeToken></tt:PTZConfiguration>' : ''}</trt:Profiles>`;

export async function startOnvifDevice(options: OnvifDeviceOptions): Promise<OnvifDevice> {
  const { login, rtsp, clockOffsetMs = 0, canSteer = true, now } = options;
  const acts: string[] = [];
  let address = '';

  const time = () => {
    const at = new Date(now() + clockOffsetMs);
    return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>Manual</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime><tt:Time><tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second></tt:Time><tt:Date><tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
  };
  /** It names itself by an address of its own network, as devices behind a router do. */
  const services = () =>
    `<tds:GetServicesResponse>${Object.entries(SERVICES).map(([space, path]) => `<tds:Service><tds:Namespace>http://www.onvif.org/${space}/wsdl</tds:Namespace><tds:XAddr>http://192.168.77.7:80/onvif/${path}</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>5</tt:Minor></tds:Version></tds:Service>`).join('')}</tds:GetServicesResponse>`;
  const stream = (request: string) => `<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>${rtsp}?profile=${/ProfileToken>([^<]*)</.exec(request)?.[1]}</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>`;
  const act = (name: string, said: string) => {
    acts.push(said);
    return `<tptz:${name}Response/>`;
  };
  const ANSWERS: Record<string, (request: string) => string> = {
    GetServices: services,
    GetDeviceInformation: () => '<tds:GetDeviceInformationResponse><tds:Manufacturer>Fixture</tds:Manufacturer><tds:Model>Dome 1</tds:Model></tds:GetDeviceInformationResponse>',
    GetProfiles: () => `<trt:GetProfilesResponse>${profile('small', 'H264', 640, 360, canSteer)}${profile('large', 'H265', 1920, 1080, canSteer)}</trt:GetProfilesResponse>`,
    GetVideoSources: () => '<trt:GetVideoSourcesResponse><trt:VideoSources token="vs"><tt:Framerate>15</tt:Framerate><tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution></trt:VideoSources></trt:GetVideoSourcesResponse>',
    GetStreamUri: stream,
    ContinuousMove: (request) => act('ContinuousMove', `move ${/PanTilt x="([^"]*)" y="([^"]*)"/.exec(request)?.slice(1).join(' ') ?? ''}`),
    Stop: () => act('Stop', 'stop'),
    GetPresets: () => '<tptz:GetPresetsResponse><tptz:Preset token="1"><tt:Name>Cổng</tt:Name></tptz:Preset><tptz:Preset token="2"><tt:Name>Ngã tư</tt:Name></tptz:Preset></tptz:GetPresetsResponse>',
    GotoPreset: (request) => act('GotoPreset', `preset ${/PresetToken>([^<]*)</.exec(request)?.[1]}`),
    GetRecordings: () => '<trc:GetRecordingsResponse><trc:RecordingItem><tt:RecordingToken>r1</tt:RecordingToken></trc:RecordingItem></trc:GetRecordingsResponse>',
    GetReplayUri: () => `<trp:GetReplayUriResponse><trp:Uri>${rtsp}?recording=r1</trp:Uri></trp:GetReplayUriResponse>`,
  };

  const server = createServer(async (request, reply) => {
    const said = await text(request);
    const [, name = ''] = /<s:Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(said) ?? [];
    if (name === 'GetSystemDateAndTime') return reply.end(envelope(time()));
    if (!isSigned(said, login)) return reply.writeHead(400).end(envelope('<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>Not authorized</s:Text></s:Reason></s:Fault>'));
    const told = ANSWERS[name];
    return told ? reply.end(envelope(told(said))) : reply.writeHead(500).end(envelope('<s:Fault><s:Reason><s:Text>no such action</s:Text></s:Reason></s:Fault>'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/onvif/device_service`;

  const ear = createSocket({ type: 'udp4', reuseAddr: true });
  ear.on('message', (said, from) => {
    if (!said.includes('Probe')) return;
    const match = `<d:ProbeMatches xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><d:ProbeMatch><a:EndpointReference xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><a:Address>urn:uuid:fixture</a:Address></a:EndpointReference><d:Scopes>onvif://www.onvif.org/name/Cổng_chợ onvif://www.onvif.org/hardware/Dome onvif://www.onvif.org/location/coordinates/108.22,16.06</d:Scopes><d:XAddrs>${address}</d:XAddrs></d:ProbeMatch></d:ProbeMatches>`;
    ear.send(envelope(match), from.port, from.address);
  });
  ear.bind(DISCOVERY.port);
  await once(ear, 'listening');
  ear.addMembership(DISCOVERY.group, '127.0.0.1');

  return {
    address,
    acts,
    async close() {
      ear.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
