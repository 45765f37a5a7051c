<?php
// examples/servers/mote_server.php behind the line protocol of mote_cli.c.
require __DIR__ . '/../../examples/servers/mote_server.php';

while (($line = fgets(STDIN)) !== false) {
    $fields = explode(',', rtrim($line, "\n"));
    switch (array_shift($fields)) {
        case 'key':
            echo 'ok,' . bin2hex(mote_device_key(...array_map('hex2bin', $fields))) . "\n";
            break;
        case 'seal':
            [$key, $iv, $aad, $plaintext] = array_map('hex2bin', $fields);
            echo 'ok,' . mote_seal($key, $plaintext, $aad, $iv === '' ? null : $iv) . "\n";
            break;
        case 'open':
            try {
                echo 'ok,' . bin2hex(mote_open(hex2bin($fields[0]), $fields[2], hex2bin($fields[1]))) . "\n";
            } catch (UnexpectedValueException $refused) {
                echo "refused\n";
            }
            break;
        default:
            fwrite(STDERR, "drive.php: no such request\n");
            exit(2);
    }
}
