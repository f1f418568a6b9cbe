import type { BundledPackage } from './contents.ts';

/** A bill of materials in CycloneDX 1.6: every package that is in the archive, with licence and hash. */
export function sbomOf(product: { name: string; version: string; license: string }, packages: readonly BundledPackage[], at: number): object {
  const purlOf = (name: string, version: string) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { timestamp: new Date(at).toISOString(), component: { type: 'application', 'bom-ref': purlOf(product.name, product.version), name: product.name, version: product.version, licenses: [{ license: { id: product.license } }] } },
    components: packages.map(({ path, name, version, licence, integrity }) => {
      const [algorithm = '', digest = ''] = integrity.split('-');
      return {
        type: 'library',
        'bom-ref': path,
        name,
        version,
        purl: purlOf(name, version),
        ...(licence ? { licenses: [/ |\(/.test(licence) ? { expression: licence } : { license: { name: licence } }] } : {}),
        ...(algorithm === 'sha512' ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] } : {}),
      };
    }),
  };
}
