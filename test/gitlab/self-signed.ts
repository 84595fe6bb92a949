import { generateKeyPairSync, sign } from 'node:crypto';

/** One element of DER: tag, length, content. Source: ITU-T X.690, 8.1 */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const identifier = (hex: string): Buffer => der(0x06, bytes(hex));
const yes = der(0x01, bytes('ff'));

function time(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/**
 * A new key with a certificate that it signed itself, valid for a day, for 127.0.0.1 and `herald.invalid`. Node makes
 * keys but no certificates, and not every machine has openssl. Source: RFC 5280, 4.1
 */
export function makeSelfSigned(name: string): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const day = 24 * 3600 * 1000;
  const commonName = sequence(der(0x31, sequence(identifier('550403'), der(0x0c, Buffer.from(name)))));
  const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
  const hosts = sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('herald.invalid')));
  const body = sequence(
    der(0xa0, der(0x02, bytes('02'))),
    der(0x02, bytes('01')),
    ecdsaWithSha256,
    commonName,
    sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + day))),
    commonName,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        sequence(identifier('551d13'), yes, der(0x04, sequence(yes))),
        sequence(identifier('551d11'), der(0x04, hosts)),
      ),
    ),
  );
  const signature = der(0x03, bytes('00'), sign('sha256', body, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem('CERTIFICATE', sequence(body, ecdsaWithSha256, signature)),
  };
}
