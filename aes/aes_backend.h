/* aes/aes_backend.h - the one interface between the block cipher's implementations and everything above them.
 *
 * A backend gives five functions and a name. They work on runs of whole blocks in CBC, since that is where speed is
 * decided: encryption is serial, and a backend may fold the chaining into its rounds; decryption is parallel, and a
 * backend keeps all its lanes (one block, two, four, eight) full and deals with the remainder itself.
 *
 *   init           expand key into *aes
 *   encrypt_block  one block; out and in may overlap in any way
 *   decrypt_block
 *   cbc_encrypt    blocks (possibly 0) blocks; chain is the IV on entry and the last ciphertext block on return;
 *   cbc_decrypt    out == in works, other overlap is excluded by the caller
 *
 * Where one backend is compiled in, its functions carry the library's own names (the public ones of mote/aes.h and
 * mote_aes128_cbc_*), so calls go straight to it. Where several are, each carries its own name in the middle, and
 * aes/aes.c holds the library's names and chooses. A backend's file defines all of them through
 * MOTE_AES_BACKEND(name, function) and is an empty unit where it is not compiled in. */
#ifndef MOTE_AES_BACKEND_H
#define MOTE_AES_BACKEND_H

#include <mote/aes.h>

/* Which backends this build has. */
#define MOTE_AES_FIXSLICE64 1
#define MOTE_AES_SINGLE_BACKEND 1

#if MOTE_AES_SINGLE_BACKEND
#define MOTE_AES_BACKEND(name, function) mote_aes128_##function
#else
#define MOTE_AES_BACKEND(name, function) mote_aes128_##name##_##function
#endif

mote_status mote_aes128_cbc_encrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks);
mote_status mote_aes128_cbc_decrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks);

#endif
