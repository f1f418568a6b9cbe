import type { HttpConfig } from './deps.ts';
import { isLoopbackHost } from './peer.ts';

/** Fails: throws when pages and passwords would cross a network in the clear and nobody allowed it. */
export function refuseOpenNetwork({ host, tls, allowHttp }: Pick<HttpConfig, 'host' | 'tls' | 'allowHttp'>): void {
  if (tls || allowHttp || isLoopbackHost(host)) return;
  throw new Error(`Địa chỉ ${host} cần TLS: đặt IOC_TLS=auto, hoặc IOC_TLS_CERT và IOC_TLS_KEY. / ${host} needs TLS: set IOC_TLS=auto, or IOC_TLS_CERT and IOC_TLS_KEY.`);
}
