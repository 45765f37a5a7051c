<?php
// The server's end of a mote packet in PHP, with its openssl and hash extensions.

// HKDF-Expand (RFC 5869 section 2.3) with info = label || 0x00 || device. 32 bytes of it are one HMAC.
function mote_device_key(string $master, string $label, string $device): string
{
    if ($label === '' || strpos($label, "\0") !== false || $device === '') {
        throw new InvalidArgumentException('label or device is empty, or a zero byte is in the label');
    }
    return hash_hmac('sha256', "$label\0$device\1", $master, true);
}

function mote_tag(string $key, string $aad, string $body): string
{
    if (strlen($key) !== 32) {
        throw new InvalidArgumentException('key must be 32 bytes');
    }
    $aad_bits = pack('J', 8 * strlen($aad));
    return substr(hash_hmac('sha256', $aad . $body . $aad_bits, substr($key, 0, 16), true), 0, 16);
}

function mote_base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

// Leave $iv out: it is then 16 random bytes. Only a comparison with known bytes gives one.
function mote_seal(string $key, string $plaintext, string $aad, ?string $iv = null): string
{
    $iv = $iv ?? random_bytes(16);
    $body = $iv . openssl_encrypt($plaintext, 'aes-128-cbc', substr($key, 16), OPENSSL_RAW_DATA, $iv);
    return mote_base64url($body . mote_tag($key, $aad, $body));
}

// The plaintext, or an exception. Check afterwards that the packet's counter is higher than the last one.
function mote_open(string $key, string $text, string $aad): string
{
    $packet = (string) base64_decode(strtr($text, '-_', '+/'));
    if (mote_base64url($packet) !== $text || strlen($packet) < 48 || strlen($packet) % 16 !== 0) {
        throw new UnexpectedValueException('malformed packet');
    }
    $body = substr($packet, 0, -16);
    if (!hash_equals(mote_tag($key, $aad, $body), substr($packet, -16))) {
        throw new UnexpectedValueException('packet is not authentic');
    }
    $ciphertext = substr($body, 16);
    $plaintext = openssl_decrypt($ciphertext, 'aes-128-cbc', substr($key, 16), OPENSSL_RAW_DATA, substr($body, 0, 16));
    if ($plaintext === false) {
        throw new UnexpectedValueException('bad padding');
    }
    return $plaintext;
}
