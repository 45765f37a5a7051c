/* mote/mote.h - all of mote. Start at mote/cbc_hmac.h (seal and open) and mote/hkdf.h (a key for each device). */
#ifndef MOTE_MOTE_H
#define MOTE_MOTE_H

#include <mote/aes.h>
#include <mote/aes_extern.h>
#include <mote/base64.h>
#include <mote/cbc.h>
#include <mote/cbc_hmac.h>
#include <mote/config.h>
#include <mote/ct.h>
#include <mote/hkdf.h>
#include <mote/hmac.h>
#include <mote/sha256.h>
#include <mote/status.h>

#endif
