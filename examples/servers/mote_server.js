// The server's end of a mote packet in Node.js, with nothing but its own crypto module.
'use strict';
const crypto = require('crypto');

// HKDF-Expand (RFC 5869 section 2.3) with info = label || 0x00 || device. 32 bytes of it are one HMAC.
function deviceKey(master, label, device) {
  label = Buffer.from(label);
  device = Buffer.from(device);
  if (label.length === 0 || label.includes(0) || device.length === 0) {
    throw new Error('label or device is empty, or a zero byte is in the label');
  }
  const info = Buffer.concat([label, Buffer.from([0]), device]);
  return crypto.createHmac('sha256', master).update(info).update(Buffer.from([1])).digest();
}

function tag(key, aad, body) {
  const aadBits = Buffer.alloc(8);
  aadBits.writeBigUInt64BE(8n * BigInt(aad.length));
  const hmac = crypto.createHmac('sha256', key.subarray(0, 16));
  return hmac.update(aad).update(body).update(aadBits).digest().subarray(0, 16);
}

// Leave iv out: it is then 16 random bytes. Only a comparison with known bytes gives one.
function seal(key, plaintext, aad, iv = crypto.randomBytes(16)) {
  const cipher = crypto.createCipheriv('aes-128-cbc', key.subarray(16), iv);
  const body = Buffer.concat([iv, cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([body, tag(key, aad, body)]).toString('base64url');
}

// The plaintext, or an Error. Check afterwards that the packet's counter is higher than the last one.
function open(key, text, aad) {
  const packet = Buffer.from(text, 'base64url');
  if (packet.toString('base64url') !== text || packet.length < 48 || packet.length % 16 !== 0) {
    throw new Error('malformed packet');
  }
  const body = packet.subarray(0, -16);
  if (!crypto.timingSafeEqual(packet.subarray(-16), tag(key, aad, body))) {
    throw new Error('packet is not authentic');
  }
  const decipher = crypto.createDecipheriv('aes-128-cbc', key.subarray(16), body.subarray(0, 16));
  return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()]);
}

module.exports = { deviceKey, seal, open };
